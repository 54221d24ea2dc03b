using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Facts;

/// <summary>
/// What an alert has to say, before it is put into words. Closed: the cases are the records of this folder. Texts in it may come from the
/// web and from users as they are; making them safe to show is the composer's work.
/// </summary>
public abstract record AlertFacts
{
    private protected AlertFacts()
    {
    }

    /// <summary>The stored alert's id.</summary>
    public required string AlertId { get; init; }

    public abstract AlertKind Kind { get; }

    /// <summary>The project it is about; null for a notice to the operator of the installation.</summary>
    public abstract Project? About { get; }
}

/// <summary>Changes with one cause.</summary>
public sealed record IncidentFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Incident;

    /// <summary>With at least one change.</summary>
    public required Incident Incident { get; init; }

    /// <summary>The price of the paid placements among the links; a link that is not in it is not known to cost anything.</summary>
    public IReadOnlyDictionary<LinkId, LinkCost> Stakes { get; init; } = new Dictionary<LinkId, LinkCost>();

    /// <summary>What is paid today for those of the links that are not as agreed, by currency.</summary>
    public IReadOnlyList<CostSum> AtStake { get; init; } = [];

    /// <summary>
    /// Where a message to the page's owner stands ready written, for the links that have one: absolute http or https URLs.
    /// </summary>
    public IReadOnlyDictionary<LinkId, Uri> Drafts { get; init; } = new Dictionary<LinkId, Uri>();
}

/// <summary>What an alert of one project has to say.</summary>
public abstract record ProjectFacts : AlertFacts
{
    private protected ProjectFacts()
    {
    }

    public required Project Project { get; init; }

    public sealed override Project About => Project;
}

/// <summary>A link that was unstable and has kept its state for long enough.</summary>
public sealed record SettledFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Settled;

    /// <summary>The last change, which stands.</summary>
    public required LinkChange Change { get; init; }

    /// <summary>How long it has stood.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>How many changes were held back while the link was unstable.</summary>
    public required int HeldBack { get; init; }

    /// <summary>Null when it is not known to cost anything.</summary>
    public LinkCost? Stake { get; init; }
}

/// <summary>Terms that end soon, and links that outlived theirs.</summary>
public sealed record TermsFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Terms;

    /// <summary>At least one, in any order.</summary>
    public required IReadOnlyList<DueTerm> Events { get; init; }
}

/// <summary>A link that changes back and forth; its changes are held back from now on.</summary>
public sealed record UnstableFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Unstable;

    public required LinkName Link { get; init; }

    /// <summary>Its changes in the window, at least one, the oldest first; with very many the newest are enough.</summary>
    public required IReadOnlyList<LinkChange> Changes { get; init; }

    /// <summary>How many changes the window had; at least as many as are given.</summary>
    public required int Count { get; init; }

    /// <summary>The time in which they were counted.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How long the link must keep one state before that is reported.</summary>
    public required TimeSpan SettlesAfter { get; init; }

    /// <summary>Null when it is not known to cost anything.</summary>
    public LinkCost? Stake { get; init; }
}

/// <summary>Cases whose due or promised day has come.</summary>
public sealed record CasesFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Cases;

    /// <summary>At least one, in any order.</summary>
    public required IReadOnlyList<DueCase> Events { get; init; }
}

/// <summary>A day of a case that has come.</summary>
public sealed record DueCase
{
    public required LinkName Link { get; init; }

    public required CaseStatus Status { get; init; }

    /// <summary>The link's state after the last change of the case.</summary>
    public required LinkState State { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Whether it is the promised day, and not the due one.</summary>
    public required bool IsPromise { get; init; }

    /// <summary>0 on the day, negative after it.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>Null for nobody.</summary>
    public string? Owner { get; init; }
}
