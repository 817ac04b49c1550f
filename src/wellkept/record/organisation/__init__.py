"""Our own people: teams, regions, roles and who holds them, absences, skills."""
