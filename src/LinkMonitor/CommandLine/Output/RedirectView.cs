namespace LinkMonitor.CommandLine.Output;

/// <summary>One step of a redirect chain.</summary>
internal sealed record RedirectView(string Url, int Status);
