using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>One link of a file.</summary>
internal sealed record LinkRow(WebUrl Page, Expectation Expectation);
