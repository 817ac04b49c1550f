from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0010_what_is_owed_in_a_part_is_read_from_its_index")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="moves_told",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
    ]
