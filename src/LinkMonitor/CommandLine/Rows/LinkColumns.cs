using System.Globalization;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>Which column of a file holds what.</summary>
internal sealed record LinkColumns
{
    /// <summary>All names as they stand in the file; empty for a plain list of addresses.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    public required int Page { get; init; }

    /// <summary>Null when the file does not say; then the target is asked for.</summary>
    public required int? Target { get; init; }

    public int? Rel { get; init; }

    public int? Anchor { get; init; }

    public int? Match { get; init; }

    /// <summary>Linkody's yes or no.</summary>
    public int? Follow { get; init; }

    public int? Lost { get; init; }

    /// <summary>The user's own columns: all but page and target.</summary>
    public IEnumerable<int> Own => Enumerable.Range(0, Header.Count).Where(at => at != Page && at != Target);

    /// <summary>Finds the columns of a header.</summary>
    /// <returns>Null when it is no header of a file of links.</returns>
    /// <exception cref="UnreadableFileException">It is ours, and wrong.</exception>
    public static LinkColumns? Of(IReadOnlyList<string> header, int line)
    {
        var plain = header.Select(HeaderNames.Plain).ToArray();
        if (HeaderNames.Find(plain, HeaderNames.Page) is not { } page)
            return null;
        var target = HeaderNames.Find(plain, HeaderNames.Target);
        if (plain[page] == "url" && target is null && header.Count > 1)
            return null;

        // With these two names the file was written for us, and its other columns say what is expected.
        var isOurs = plain[page] == "page" && (target is null || plain[target.Value] == "target");
        if (isOurs)
            CheckTwice(plain, line);
        return new LinkColumns
        {
            Header = header,
            Page = page,
            Target = target,
            Rel = isOurs ? HeaderNames.Find(plain, ["rel"]) : null,
            Anchor = HeaderNames.Find(plain, isOurs ? ["anchor"] : HeaderNames.Anchor),
            Match = isOurs ? HeaderNames.Find(plain, ["match"]) : null,
            Follow = HeaderNames.Find(plain, HeaderNames.Follow),
            Lost = isOurs ? null : HeaderNames.Find(plain, HeaderNames.Lost),
        };
    }

    private static void CheckTwice(string[] plain, int line)
    {
        string[] ours = ["page", "target", "rel", "anchor", "match"];
        if (ours.FirstOrDefault(name => plain.Count(other => other == name) > 1) is { } twice)
        {
            throw new UnreadableFileException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: the column '{twice}' stands twice."), ExitCodes.WrongUsage);
        }
    }
}
