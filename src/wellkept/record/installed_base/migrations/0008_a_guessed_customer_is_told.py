from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installed_base", "0007_twins_are_found_by_serial")]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="customer_guessed",
            field=models.BooleanField(
                editable=False,
                help_text="Nobody said whose it is: rows of an import name it beside this "
                "customer.",
                null=True,
            ),
        ),
    ]
