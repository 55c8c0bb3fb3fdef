from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("search", "0001_search")]

    operations = [
        migrations.AlterModelOptions(
            name="synonym",
            options={
                "ordering": ["words"],
                "permissions": [
                    ("teach_search", "Can teach the search, and see what was searched for"),
                    ("rebuild_search", "Can have the index of the search made again"),
                ],
            },
        ),
    ]
