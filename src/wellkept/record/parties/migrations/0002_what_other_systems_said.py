from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_parties_as_it_begins"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactexternalid",
            name="file",
            field=models.PositiveSmallIntegerField(
                help_text="Number of its file in the run.", null=True
            ),
        ),
        migrations.AddField(
            model_name="contactexternalid",
            name="file_row",
            field=models.PositiveBigIntegerField(help_text="Row of that file, from 1.", null=True),
        ),
        migrations.AddField(
            model_name="contactexternalid",
            name="run",
            field=models.BigIntegerField(help_text="Key of the import that said it.", null=True),
        ),
        migrations.AddField(
            model_name="contactexternalid",
            name="said",
            field=models.CharField(
                blank=True,
                help_text="What the other system said last, so that the next import sees what it changed.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="customerexternalid",
            name="file",
            field=models.PositiveSmallIntegerField(
                help_text="Number of its file in the run.", null=True
            ),
        ),
        migrations.AddField(
            model_name="customerexternalid",
            name="file_row",
            field=models.PositiveBigIntegerField(help_text="Row of that file, from 1.", null=True),
        ),
        migrations.AddField(
            model_name="customerexternalid",
            name="run",
            field=models.BigIntegerField(help_text="Key of the import that said it.", null=True),
        ),
        migrations.AddField(
            model_name="customerexternalid",
            name="said",
            field=models.CharField(
                blank=True,
                help_text="What the other system said last, so that the next import sees what it changed.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="siteexternalid",
            name="file",
            field=models.PositiveSmallIntegerField(
                help_text="Number of its file in the run.", null=True
            ),
        ),
        migrations.AddField(
            model_name="siteexternalid",
            name="file_row",
            field=models.PositiveBigIntegerField(help_text="Row of that file, from 1.", null=True),
        ),
        migrations.AddField(
            model_name="siteexternalid",
            name="run",
            field=models.BigIntegerField(help_text="Key of the import that said it.", null=True),
        ),
        migrations.AddField(
            model_name="siteexternalid",
            name="said",
            field=models.CharField(
                blank=True,
                help_text="What the other system said last, so that the next import sees what it changed.",
                max_length=200,
            ),
        ),
    ]
