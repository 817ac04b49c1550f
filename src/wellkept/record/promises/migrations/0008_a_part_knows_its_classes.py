from django.db import migrations, models
from django.db.models.deletion import PROTECT

# An index by team, or by site, is put in the place of the one that each relation had: said as a
# change of the column, SQLite would write the whole table anew. Of two indexes that serve alike
# SQLite takes the one made last, so those of what is owed are made after them. With the key in it
# PostgreSQL finds the keys of a part without its rows.
OWED = models.Q(
    ("ended_at__isnull", True),
    ("fulfilled_at__isnull", True),
    ("released_at__isnull", True),
    ("verdict__isnull", True),
    ("voided_at__isnull", True),
)


def in_its_place(field: str, to: str, was: str) -> list[migrations.operations.base.Operation]:
    """The operations for one relation."""
    alone = models.ForeignKey(
        blank=True, db_index=False, null=True, on_delete=PROTECT, related_name="promises", to=to
    )
    index = models.Index(fields=[field, "consequence"], name=f"promise_by_{field}")
    owed = models.Index(
        condition=OWED,
        fields=[field, "consequence", "judged_due", "id"],
        name=f"promise_owed_by_{field}",
    )
    drop = migrations.RunSQL(
        f"drop index {was}", f"create index {was} on promises_promise ({field}_id)"
    )
    changed = migrations.AlterField(model_name="promise", name=field, field=alone)
    return [
        migrations.SeparateDatabaseAndState([drop], [changed]),
        migrations.RemoveIndex(model_name="promise", name=f"promise_owed_by_{field}"),
        migrations.AddIndex(model_name="promise", index=index),
        migrations.AddIndex(model_name="promise", index=owed),
    ]


class Migration(migrations.Migration):
    dependencies = [("promises", "0007_an_owner_s_promises_are_found_at_once")]

    operations = [
        *in_its_place("team", "organisation.team", "promises_promise_team_id_0820c111"),
        *in_its_place("site", "parties.site", "promises_promise_site_id_edf82ead"),
    ]
