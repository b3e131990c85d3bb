"""Pictures of an experiment: functions from an axes and data to that axes."""
