"""Makes a key for signing certificates and prints it; it is kept nowhere."""

from typing import Any

from django.core.management.base import BaseCommand

from guidance.signing import SigningKey


class Command(BaseCommand):
    help = (
        "Make a key for CERTIFICATE_KEY. When a later key replaces it, its public key goes into"
        " CERTIFICATE_OLD_KEYS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        key = SigningKey.generated()
        self.stdout.write(f"CERTIFICATE_KEY={key.text}")
        self.stdout.write(f"# its public key, id {key.public.id}: {key.public.text}")
