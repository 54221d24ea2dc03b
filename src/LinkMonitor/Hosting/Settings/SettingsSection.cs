namespace LinkMonitor.Hosting.Settings;

/// <summary>A settings class and the section that it is bound to; what has none is no setting of ours.</summary>
/// <param name="Path">For example <c>LinkMonitor:Monitoring</c>.</param>
internal sealed record SettingsSection(string Path, Type Type);
