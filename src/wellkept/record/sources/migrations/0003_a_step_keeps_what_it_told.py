from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_imports_know_what_files_tell"),
    ]

    operations = [
        migrations.AddField(
            model_name="importstep",
            name="told",
            field=models.JSONField(default=list),
        ),
    ]
