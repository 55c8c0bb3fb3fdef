"""The admin as an editor of guidance sees it. `guidance.wagtail_hooks` registers what is here."""
