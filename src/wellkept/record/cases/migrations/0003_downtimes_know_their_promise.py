import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_what_other_systems_said"),
        ("promises", "0002_what_other_systems_said"),
    ]

    operations = [
        migrations.AddField(
            model_name="downtime",
            name="promise",
            field=models.ForeignKey(
                blank=True,
                help_text="By when it was to work again.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="downtimes",
                to="promises.promise",
            ),
        ),
        migrations.AddField(
            model_name="downtime",
            name="still_down_at",
            field=models.DateTimeField(
                blank=True,
                help_text="The last moment at which it was known to be down, where its end was only found later.",
                null=True,
            ),
        ),
    ]
