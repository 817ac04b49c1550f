from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0009_a_correction_can_be_refused")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="moves_told",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
    ]
