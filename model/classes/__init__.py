"""Classes of cities: beneficiaries, super-emitters, clusters, inequality."""
