"""What the letters and e-mails of the demonstration look like as they came."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

import typst

from consultation.actions.taking_in import Came
from consultation.demonstration.responses import Sent

LETTER = b"""#set document(title: "A letter")
#set page(paper: "a4", margin: 2.5cm)
#set text(size: 14pt, lang: "en", region: "GB", style: "italic")
#sys.inputs.at("body").split("\\n").map(line => [#line]).join(linebreak())
"""


def original_of(sent: Sent) -> Came:
    """The e-mail as a message, the letter as the scan that somebody made of it."""
    if sent.channel == "post":
        body = f"{sent.you['name']}\n{sent.you['postal_address']}\n\n{sent.body}"
        return Came("letter.pdf", typst.compile(LETTER, sys_inputs={"body": body}))
    message = EmailMessage()
    message["From"] = f"{sent.you['name']} <{sent.you['email']}>"
    message["To"] = "consultations@department.example"
    message["Date"] = format_datetime(sent.received)
    message["Subject"] = "Response to your consultation"
    message.set_content(sent.body)
    return Came("response.eml", message.as_bytes())
