namespace LinkMonitor.CommandLine.Output;

/// <summary>A page's links and directives as text for people.</summary>
internal static class InspectText
{
    public static async Task WriteAsync(TextWriter output, InspectView page)
    {
        await output.WriteLineAsync($"{page.Status} {TerminalText.Safe(page.FinalUrl)}");
        foreach (var step in page.Redirects)
            await output.WriteLineAsync($"  redirect  {step.Status} {TerminalText.Safe(step.Url)}");
        await output.WriteLineAsync($"  title     {TerminalText.Safe(page.Title)}");
        await output.WriteLineAsync($"  identity  {TerminalText.Safe(page.Identity)}");
        await output.WriteLineAsync($"  robots    {Robots(page.Robots)}");
        await output.WriteLineAsync($"  canonical {TerminalText.Safe(page.Canonical ?? "none")}");
        if (page.Base is { } baseUrl)
            await output.WriteLineAsync($"  base      {TerminalText.Safe(baseUrl)}");
        await output.WriteLineAsync($"  links     {page.Links.Count} ({page.ExternalLinks} to other hosts)");
        foreach (var (index, link) in page.Links.Index())
            await output.WriteLineAsync($"{index + 1,5}  {CheckText.Describe(link)}");
    }

    private static string Robots(RobotsView robots)
    {
        var allowed = $"{(robots.Index ? "index" : "noindex")}, {(robots.Follow ? "follow" : "nofollow")}";
        return robots.Reasons.Count == 0 ? allowed : $"{allowed} ({TerminalText.Safe(string.Join("; ", robots.Reasons))})";
    }
}
