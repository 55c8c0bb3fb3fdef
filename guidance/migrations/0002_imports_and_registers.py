"""Imports on their way."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

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
    ]
