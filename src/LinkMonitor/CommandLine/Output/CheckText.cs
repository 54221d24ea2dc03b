using System.Globalization;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Output;

/// <summary>The outcome of checks as text for people.</summary>
internal static class CheckText
{
    public static async Task WriteAsync(TextWriter output, CheckView check)
    {
        await output.WriteLineAsync($"{Word(check)}  {TerminalText.Safe(check.Page)}");
        await output.WriteLineAsync($"  target    {TerminalText.Safe(check.Target)}");
        foreach (var reason in check.Reasons)
            await output.WriteLineAsync($"  {WireName.Of(reason.Code)}: {TerminalText.Safe(reason.Message)}");
        foreach (var step in check.Redirects)
            await output.WriteLineAsync($"  {step.Status}       {TerminalText.Safe(step.Url)}");
        await output.WriteLineAsync($"  answer    {Answer(check)}");
        foreach (var occurrence in check.Occurrences)
            await output.WriteLineAsync($"  link      {occurrence.Ordinal}: {Describe(occurrence)}");
    }

    /// <summary>One line for a result among many.</summary>
    public static string Line(CheckView check)
    {
        var why = check.Reasons.Count == 0
            ? string.Empty
            : "  " + string.Join(", ", check.Reasons.Select(reason => WireName.Of(reason.Code)));
        return $"{Word(check),-9} {TerminalText.Safe(check.Page)} -> {TerminalText.Safe(check.Target)}{why}";
    }

    /// <summary>A link in one line: rel, anchor, where it points and where it stands.</summary>
    public static string Describe(OccurrenceView link)
    {
        var rel = link.Rel.Count == 0 ? string.Empty : $" rel=\"{TerminalText.Safe(string.Join(' ', link.Rel))}\"";
        var hidden = link.Hidden ? ", hidden" : string.Empty;
        var follow = link.Follow ? "follow" : "nofollow";
        return $"{TerminalText.Safe(link.Url ?? link.Href)}{rel} [{follow}, {WireName.Of(link.Kind)}, "
            + $"{WireName.Of(link.Placement)}{hidden}, {Share(link)} down] \"{TerminalText.Safe(link.Anchor, 120)}\"";
    }

    private static string Share(OccurrenceView link) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(link.TextShare * 100)} %");

    private static string Answer(CheckView check)
    {
        var status = check.Status is { } code ? $"{code} " : string.Empty;
        return $"{status}{WireName.Of(check.Observation)} {TerminalText.Safe(check.FinalUrl)}";
    }

    // Only what was seen once can be lost; the JSON keeps its states.
    private static string Word(CheckView check) =>
        check is { State: VerdictState.Lost, WasKnown: false } ? "NOT FOUND" : WireName.Of(check.State).ToUpperInvariant();
}

/// <summary>The steps of a check as text for people.</summary>
internal static class ExplanationText
{
    private static readonly int NameWidth = WireName.All<StepName>().Max(name => name.Length);

    /// <summary>One line per step; the deciding one begins with an arrow, one that is worth reading with an exclamation mark.</summary>
    public static void Write(TextWriter output, Explanation explanation)
    {
        output.WriteLine();
        foreach (var step in explanation.Steps)
            output.WriteLine($"{Mark(step.State)} {WireName.Of(step.Name).PadRight(NameWidth)}  {TerminalText.Safe(step.Seen)}");
        output.WriteLine();
        output.WriteLine(TerminalText.Safe(explanation.Sentence, 1_000));
        if (explanation.Source is { } source)
            output.WriteLine($"Source: {source}");
    }

    private static string Mark(StepState state) => state switch
    {
        StepState.Decides => "=>",
        StepState.Notice => " !",
        _ => "  ",
    };
}

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
