namespace LinkMonitor.Alerts.Composing;

/// <summary>Why a change matters, and what to do.</summary>
internal sealed record Advice(string Why, string Todo);
