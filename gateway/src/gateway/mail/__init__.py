"""Mail that comes in: read, matched to the dossier that it answers, and put there."""
