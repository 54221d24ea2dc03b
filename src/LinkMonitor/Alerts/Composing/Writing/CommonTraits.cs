using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What several changes have in common.</summary>
internal sealed class CommonTraits
{
    /// <param name="changes">At least one, the worst first.</param>
    public CommonTraits(IReadOnlyList<LinkChange> changes)
    {
        Changes = changes;
        var kinds = changes.Select(change => ChangeKindOf.Of(change.Transition)).ToList();
        Worst = kinds[0];
        Kind = kinds.TrueForAll(kind => kind == Worst) ? Worst : null;
        var reasons = changes.Select(change => Deciding(change.Transition)).ToList();
        if (Kind is not null && reasons[0] is { } first && reasons.TrueForAll(reason => reason?.Code == first.Code))
        {
            Code = first.Code;
            Found = reasons.TrueForAll(reason => reason!.Found == first.Found) ? first.Found : null;
            IsOfExpectation = Kind == ChangeKind.Changed && changes.All(change => IsAsBefore(change.Transition));
        }

        var hosts = changes.Select(change => change.Page.Host).Distinct(StringComparer.Ordinal).ToList();
        Host = hosts.Count == 1 ? hosts[0] : null;
        HostCount = hosts.Count;
        HasSeveralPorts = changes.DistinctBy(change => change.Page.EffectivePort).Skip(1).Any();
        PageCount = changes.Select(change => change.Page.Href).Distinct(StringComparer.Ordinal).Count();
        HaveAnswered = changes.All(change => change.Transition.After.Status is not null);
        var scopes = changes.Select(change => change.Transition.After.Scope?.Scope ?? ChangeScope.Unknown).Distinct().ToList();
        AreOthersUntouched = changes.All(change => change.Transition.After.Scope is { Touched: 0 });
        Scope = scopes.Count == 1 ? scopes[0] : ChangeScope.Unknown;
    }

    public IReadOnlyList<LinkChange> Changes { get; }

    public int Count => Changes.Count;

    public ChangeKind Worst { get; }

    /// <summary>Null when there are several kinds.</summary>
    public ChangeKind? Kind { get; }

    /// <summary>The deciding reason of all; null when they differ.</summary>
    public ReasonCode? Code { get; }

    /// <summary>
    /// Whether all pages show of the links what they showed before, so that nothing turned out another way there: only what is expected has
    /// changed.
    /// </summary>
    public bool IsOfExpectation { get; }

    /// <summary>What all found; null when it differs.</summary>
    public string? Found { get; }

    /// <summary>The host of all pages; null when there are several.</summary>
    public string? Host { get; }

    public int HostCount { get; }

    /// <summary>The pages are not all at one port, so that the host alone does not say which is which.</summary>
    public bool HasSeveralPorts { get; }

    public int PageCount { get; }

    /// <summary>The server of each answered, though it may not have been with the page.</summary>
    public bool HaveAnswered { get; }

    /// <summary>Only my link, or everyone's: where that is known and the same for all.</summary>
    public ChangeScope Scope { get; }

    /// <summary>Whether it is known that no other outbound link of any of the pages was touched.</summary>
    public bool AreOthersUntouched { get; }

    // What was told before is no news: all that is new, the first included, must have been so on the page already.
    private static bool IsAsBefore(LinkTransition transition)
    {
        if (transition.Before is not { LinkUrl: not null } before || transition.After.LinkUrl is null)
            return false;
        var news = transition.ReasonsAfter.Where(reason => !transition.ReasonsBefore.Any(reason.IsSameAs)).ToList();
        return news.Contains(transition.ReasonsAfter[0]) && news.TrueForAll(reason => SameLook.Is(reason.Code, before, transition.After));
    }

    /// <summary>The reason that is reported first; of a recovery, what is over.</summary>
    public static Reason? Deciding(LinkTransition transition) =>
        (transition.To == LinkState.Live ? transition.ReasonsBefore : transition.ReasonsAfter) is [var first, ..] ? first : null;
}

/// <summary>The list that a letter about several links begins with: a line for each, no more than a screen holds.</summary>
internal static class Overview
{
    /// <summary>So many lines stand in the list; the rest is counted.</summary>
    public const int MaxLines = 12;

    private const int MaxPage = 34;
    private const int MaxGist = 40;

    public static IReadOnlyList<OverviewLine> Of(CommonTraits common, IReadOnlyDictionary<LinkId, LinkCost> stakes, ProjectTime time) =>
        common.Count == 1 ? [] :
    [
        .. common.Changes.Take(MaxLines).Select(change => new OverviewLine
        {
            Tone = ChangeKindOf.ToneOf(ChangeKindOf.Of(change.Transition)),
            State = ChangeKindOf.Word(ChangeKindOf.Of(change.Transition), time.Say),
            Page = WebText.ShortUrl(change.Page, MaxPage, showsHost: common.Host is null || common.HasSeveralPorts),
            Gist = ChangeStoryWriter.Gist(change.Transition, MaxGist, time.Say),
            Since = time.Say.Text("since {time}", ("time", time.WriteShortly(change.Transition.Since))),
            Price = stakes.TryGetValue(change.LinkId, out var stake) ? MoneyText.Shortly(stake, time.Say) : null,
        }),
    ];
}
