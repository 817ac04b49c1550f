from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_sources_as_they_begin"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="tells",
            field=models.JSONField(
                default=dict,
                help_text="What its files can tell at all: moves; when their feed was silent.",
            ),
        ),
    ]
