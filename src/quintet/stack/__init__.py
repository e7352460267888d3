"""`quintet up`: the embedded services, started, watched and stopped."""
