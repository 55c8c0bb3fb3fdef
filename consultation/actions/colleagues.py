"""Who works on a response, as equals: people by the names that they gave, their devices and links.

Devices and links of one name are one person; a device without a name is one by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultation.actions.links import NameRefused, barred, masked, outstanding, read_name
from consultation.models import Access, Response, ReturnLink


@dataclass
class Colleague:
    """One person: how they are called ("" where they never said), their devices, links that they have
    not used yet, and whether they are whoever asks."""

    person: str
    devices: list[Access] = field(default_factory=list)
    links: list[ReturnLink] = field(default_factory=list)
    here: bool = False

    @property
    def key(self) -> str:
        """Names them in a form: an access or a link of theirs."""
        return f"access-{self.devices[0].pk}" if self.devices else f"link-{self.links[0].pk}"

    @property
    def seen_at(self) -> datetime | None:
        """When one of their devices was last here, to the hour; None where none ever was."""
        return max((device.seen_at for device in self.devices), default=None)

    @property
    def addresses(self) -> list[str]:
        """To which links were sent that wait, as whoever knows them recognises them."""
        return sorted({masked(link.email) for link in self.links})


def colleagues(*, access: Access) -> list[Colleague]:
    """Everybody who may write in the response of an access, whoever asks first; in two queries."""
    devices = Access.objects.filter(response=access.response_id, revoked_at=None).order_by("pk")
    people: dict[str, Colleague] = {}
    for device in devices:
        person = _among(people, device.person, f"device {device.pk}")
        person.devices.append(device)
        person.here = person.here or device.pk == access.pk
    for link in outstanding(access.response).order_by("pk"):
        _among(people, link.person, f"link to {link.email.casefold()}").links.append(link)
    return sorted(people.values(), key=lambda each: (not each.here, each.person.casefold()))


def call_oneself(*, access: Access, person: str) -> str:
    """Say how whoever works on this device is called by the others; what they were called before is
    changed wherever it stood for them. Gives the name. NameRefused."""
    name, before = read_name(person), access.person
    if not name:
        raise NameRefused("Enter your name.")
    with transaction.atomic():
        Access.objects.filter(pk=access.pk).update(person=name)
        if before:
            for model in (Access, ReturnLink):
                model.objects.filter(response=access.response_id, person=before).update(person=name)
    access.person = name
    return name


def name_is_taken(*, response: Response, person: str, email: str) -> bool:
    """Whether somebody with another address is called so already."""
    name = read_name(person)
    own = ReturnLink.objects.filter(response=response, person__iexact=name, email__iexact=email)
    if own.exists():
        return False
    devices = Access.objects.filter(response=response, person__iexact=name, revoked_at=None)
    return devices.exists() or outstanding(response).filter(person__iexact=name).exists()


def take_away(*, access: Access, colleague: str) -> Colleague | None:
    """Take everything by which a colleague (`Colleague.key`) may write in the response: devices and
    links, also those that they used. None where there is no such colleague any more.

    Whoever asks keeps the device on which they ask; of their own, the others are taken."""
    with transaction.atomic():
        list(Response.objects.select_for_update().filter(pk=access.response_id).values_list("pk"))
        found = next((c for c in colleagues(access=access) if c.key == colleague), None)
        if found is None:
            return None
        now = timezone.now()
        others = [device.pk for device in found.devices if device.pk != access.pk]
        Access.objects.filter(pk__in=others).update(revoked_at=now)
        if not found.here:
            _links_of(access.response_id, found).update(revoked_at=now)
    return found


def leave(*, access: Access) -> None:
    """Take the key of one device; what was written stays."""
    Access.objects.filter(pk=access.pk, revoked_at=None).update(revoked_at=timezone.now())


def way_back(*, access: Access) -> bool:
    """Whether the response can still be reached without this device: from another one, by a link, or
    by one that is sent to the address it gives."""
    response = access.response
    if response.email and not barred(response, response.email):
        return True
    others = Access.objects.filter(response=response, revoked_at=None).exclude(pk=access.pk)
    sent = ReturnLink.objects.filter(response=response, revoked_at=None)
    return others.exists() or sent.exists()


def _among(people: dict[str, Colleague], name: str, alone: str) -> Colleague:
    return people.setdefault(name.casefold() or alone, Colleague(name))


def _links_of(response: int, colleague: Colleague) -> QuerySet[ReturnLink]:
    """All that were ever sent to them, since an old one fetches a new one. Of a device without a name
    it is known by which link it came: both were written at the same instant."""
    rows = ReturnLink.objects.filter(response=response, revoked_at=None)
    if colleague.person:
        return rows.filter(person__iexact=colleague.person)
    came = rows.filter(used_at__in=[device.made_at for device in colleague.devices])
    addresses = {*came.values_list("email", flat=True), *(link.email for link in colleague.links)}
    return rows.filter(person="", email__in=addresses)
