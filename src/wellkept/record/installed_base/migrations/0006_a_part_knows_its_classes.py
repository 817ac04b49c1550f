from django.db import migrations, models
from django.db.models.deletion import PROTECT

# An index by site, or by customer, is put in the place of the one that each relation had: said as a
# change of the column, SQLite would write the whole table anew.


def in_its_place(field: str, to: str, was: str) -> list[migrations.operations.base.Operation]:
    """The operations for one relation."""
    alone = models.ForeignKey(
        db_index=False, editable=False, null=True, on_delete=PROTECT, related_name="assets", to=to
    )
    index = models.Index(fields=[field, "consequence"], name=f"asset_by_{field}")
    drop = migrations.RunSQL(
        f"drop index {was}", f"create index {was} on installed_base_asset ({field}_id)"
    )
    changed = migrations.AlterField(model_name="asset", name=field, field=alone)
    return [
        migrations.SeparateDatabaseAndState([drop], [changed]),
        migrations.AddIndex(model_name="asset", index=index),
    ]


class Migration(migrations.Migration):
    dependencies = [("installed_base", "0005_lists_of_a_million_assets")]

    operations = [
        *in_its_place("site", "parties.site", "installed_base_asset_site_id_67407b05"),
        *in_its_place("customer", "parties.customer", "installed_base_asset_customer_id_fd895f53"),
    ]
