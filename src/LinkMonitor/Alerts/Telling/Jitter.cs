namespace LinkMonitor.Alerts.Telling;

/// <summary>A number from 0 to 1, another one each time.</summary>
internal delegate double Jitter();
