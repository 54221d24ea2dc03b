using System.Text.Json.Serialization;

namespace LinkMonitor.ClientReports;

/// <summary>The figures of a report: all of them over the watched links that its filter found, never over the web.</summary>
public sealed record ReportFigures
{
    /// <summary>All links of the report; each is in exactly one of the five counts below.</summary>
    public required int Links { get; init; }

    /// <summary>
    /// Links of the project whose rows could not be read: in none of the counts, and whether they belong to the report is not known.
    /// </summary>
    public int Unreadable { get; init; }

    /// <summary>
    /// Changes of the project within the period whose rows could not be read: in none of the counts, and of which link they are is not
    /// known.
    /// </summary>
    public int UnreadableChanges { get; init; }

    /// <summary>There, as agreed.</summary>
    public int AsAgreed { get; init; }

    /// <summary>Of them: those whose own target has a fault, for which nobody at the page is to blame.</summary>
    public int OwnTargetFaults { get; init; }

    /// <summary>There, and not as agreed.</summary>
    public int Changed { get; init; }

    /// <summary>Gone, as confirmed by checks that saw the page.</summary>
    public int Lost { get; init; }

    /// <summary>Not there at the first check, and not since.</summary>
    public int NotFound { get; init; }

    /// <summary>No check could tell, at all or the last time: neither there nor lost.</summary>
    public int NotVerified { get; init; }

    /// <summary>Links that came within the period.</summary>
    public int CameInPeriod { get; init; }

    /// <summary>Links that went within the period.</summary>
    public int WentInPeriod { get; init; }

    /// <summary>All other changes within the period.</summary>
    public int ChangesInPeriod { get; init; }

    /// <summary>The day from which changes are kept; null when the whole period is.</summary>
    public DateOnly? ChangesKeptSince { get; init; }

    /// <summary>Of the links that are there: followed.</summary>
    public int Followed { get; init; }

    /// <summary>Of the links that are there: nofollow, sponsored or ugc, or on a page that says nofollow.</summary>
    public int NotFollowed { get; init; }

    /// <summary>The texts of the links that are there.</summary>
    public required NameTally Anchors { get; init; }

    /// <summary>The hosts of their pages.</summary>
    public required NameTally Domains { get; init; }

    /// <summary>Where they are to lead.</summary>
    public required NameTally Targets { get; init; }

    /// <summary>In which part of their pages they stand; null in a preview.</summary>
    public NameTally? Places { get; init; }

    /// <summary>Links with an agreed term.</summary>
    public int WithTerm { get; init; }

    /// <summary>Of them: those whose term is over.</summary>
    public int TermsOver { get; init; }

    /// <summary>Of them: those whose term ends within the next 30 days.</summary>
    public int TermsEnding { get; init; }

    /// <summary>
    /// What was known at the end of each day of the period, today as in the counts above; empty in a preview. Days are those of the
    /// project's time zone.
    /// </summary>
    public IReadOnlyList<ReportedDay> Days { get; init; } = [];

    /// <summary>Links that are there, as agreed or not.</summary>
    [JsonIgnore]
    public int There => AsAgreed + Changed;

    /// <summary>Links of which it is known what they are.</summary>
    [JsonIgnore]
    public int Verified => Links - NotVerified;

    /// <summary>On how many hosts links are; null where none is known to be there and some are not verified.</summary>
    [JsonIgnore]
    public int? DomainCount => There == 0 && NotVerified > 0 ? null : Domains.Names;

    /// <summary>Of 1; null where there is nothing to take a share of.</summary>
    [JsonIgnore]
    public double? AgreedShare => Share.Of(AsAgreed, Verified);

    /// <summary>Of 1; null where there is nothing to take a share of.</summary>
    [JsonIgnore]
    public double? FollowedShare => Share.Of(Followed, Followed + NotFollowed);
}

/// <summary>Names and how many links have each.</summary>
/// <param name="Top">The most frequent first; at most <see cref="Most"/>.</param>
/// <param name="Names">How many names there are in all.</param>
/// <param name="Links">How many links have any.</param>
/// <param name="Unknown">How many links have none that is known.</param>
public sealed record NameTally(IReadOnlyList<NamedCount> Top, int Names, int Links, int Unknown)
{
    /// <summary>The most names of a list.</summary>
    public const int Most = 50;

    public static NameTally None { get; } = new([], 0, 0, 0);
}

/// <param name="Name">At most 500 characters, as it comes from the web.</param>
public sealed record NamedCount(string Name, int Links);

/// <summary>How many links were what on a day.</summary>
/// <param name="NotVerified">Checked, and no check could tell.</param>
/// <param name="NotChecked">Not checked, or not watched yet: nothing is known.</param>
public sealed record ReportedDay(DateOnly Day, int AsAgreed, int Changed, int Lost, int NotFound, int NotVerified, int NotChecked);

/// <summary>Shares, of which nothing has none.</summary>
internal static class Share
{
    public static double? Of(int part, int whole) => whole > 0 ? (double)part / whole : null;
}
