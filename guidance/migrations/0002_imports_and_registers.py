"""Imports on their way, and the registers' first rows: instruments, and kinds of authority.

The names are facts from the Acts named; an editor may change the registers, which are not put back.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils.text import slugify

RESPONSIBLE = [
    "county councils",
    "unitary district councils",
    "London boroughs",
    "Council of the Isles of Scilly",
    "Common Council of the City of London",
]

# Local Government Act 1999, section 1, as it stood in England in 2007
BEST_VALUE = [
    *RESPONSIBLE,
    "district councils",
    "national park authorities",
    "the Broads Authority",
    "fire and rescue authorities",
    "police authorities",
    "waste disposal authorities",
    "joint waste authorities",
    "passenger transport authorities",
    "Transport for London",
    "Greater London Authority",
    "London Development Agency",
]

# Local Government and Public Involvement in Health Act 2007, section 104
PARTNERS = [
    "Arts Council",
    "the Broads Authority",
    "chief officers of police",
    "district councils",
    "English Heritage",
    "Environment Agency",
    "fire and rescue authorities",
    "Health and Safety Executive",
    "Highways Agency",
    "Jobcentre Plus",
    "joint waste authorities",
    "joint waste disposal authorities",
    "Learning and Skills Council",
    "local probation boards",
    "metropolitan passenger transport authorities",
    "Museums, Libraries and Archives Council",
    "national park authorities",
    "Natural England",
    "NHS foundation trusts",
    "NHS health trusts",
    "police authorities",
    "primary care trusts",
    "probation trusts and other providers of probation services",
    "regional development agencies",
    "Sport England",
    "Transport for London",
    "youth offending teams",
]

CLASSES = {
    "responsible local authorities": RESPONSIBLE,
    "best value authorities": BEST_VALUE,
    "partner authorities": PARTNERS,
}


def seed(apps, schema_editor):
    from guidance.statute import KNOWN_INSTRUMENTS

    Instrument = apps.get_model("guidance", "Instrument")
    for title, path in KNOWN_INSTRUMENTS.items():
        Instrument.objects.get_or_create(path=path, defaults={"title": title})
    AuthorityType = apps.get_model("guidance", "AuthorityType")

    def named(name):
        return AuthorityType.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]

    for title, members in CLASSES.items():
        named(title).includes.set([named(member) for member in members])


class Migration(migrations.Migration):

    dependencies = [
        ("guidance", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('source', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('reading', 'Being read'), ('ready', 'Ready to check'), ('failed', 'Could not be read'), ('saved', 'Saved as a draft')], default='waiting', max_length=20)),
                ('progress', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('plan', models.JSONField(null=True)),
                ('document_title', models.CharField(blank=True, max_length=255)),
                ('document_slug', models.SlugField(blank=True, max_length=255)),
                ('edition_title', models.CharField(blank=True, max_length=255)),
                ('edition_slug', models.SlugField(blank=True, max_length=255)),
                ('stage', models.CharField(choices=[('consultation', 'Draft for consultation'), ('final', 'Final edition'), ('corrigendum', 'Corrigendum')], max_length=20)),
                ('published', models.DateField()),
                ('in_force_from', models.DateField(blank=True, null=True)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('moved', models.DateTimeField(default=django.utils.timezone.now)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='guidance.guidancepage')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='guidance.editionpage')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guidance_imports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import',
                'ordering': ['-created'],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
