using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Cases;

/// <summary>What a change of a link means for its case, and what people may do with a case. Pure; see docs/decisions/0032.</summary>
internal static class CaseRules
{
    /// <summary>
    /// What a change means: it opens a case, joins the open one, or closes it. Null when no case has to do with it.
    /// </summary>
    /// <param name="last">The case that was opened for the link last; null when there was none, or when it cannot be read.</param>
    /// <param name="isMuted">Whether nobody wants to hear of the link now: then nothing is opened.</param>
    public static CaseStep? Of(LinkCase? last, LinkChange change, bool isMuted)
    {
        var transition = change.Transition;
        if (IsWell(transition))
            return last is null or { RecoveredAt: not null } ? null : Recover(last, change);
        if (last is { IsOpen: true })
            return Join(last, change);
        return transition.Alerts && !isMuted && IsNews(transition) && IsBeyond(last, transition) ? Open(change) : null;
    }

    /// <summary>A case that a person opens.</summary>
    public static CaseStep Open(WatchedLink link, Author by, DateTimeOffset now)
    {
        var opened = new LinkCase
        {
            ProjectId = link.ProjectId,
            Id = CaseIds.For(link.ProjectId, link.Id, now),
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            State = link.Status.State,
            Reasons = [.. link.Status.Reasons.Select(reason => reason.Code).Distinct()],
            OpenedAt = now,
            UpdatedAt = now,
        };
        return new CaseTimeline(opened).Add(CaseEntryKind.Opened, now, by, entry => entry with { State = opened.State }).ToStep();
    }

    /// <summary>What a person changes of a case; the same case, without entries, when it is as it was.</summary>
    /// <param name="patch">Sound: a promise has its day.</param>
    public static CaseStep Edit(LinkCase one, CasePatch patch, Author by, DateTimeOffset now)
    {
        var timeline = new CaseTimeline(one);
        if (patch.Status is { } status && status != one.Status)
            timeline.Add(CaseEntryKind.Status, now, by, entry => entry with
            {
                Status = status,
                Day = status == CaseStatus.Promised ? patch.PromisedOf(one) : null,
            }).Set(now, was => Become(was, status, patch.PromisedOf(one), by));
        else if (patch.SetsPromised && patch.Promised != one.Promised)
            timeline.Add(CaseEntryKind.Promised, now, by, entry => entry with { Day = patch.Promised })
                .Set(now, was => was with { Promised = patch.Promised });
        if (patch.SetsOwner && patch.Owner?.Id != one.Owner?.Id)
            timeline.Add(CaseEntryKind.Owner, now, by, entry => entry with { Owner = patch.Owner })
                .Set(now, was => was with { Owner = patch.Owner });
        if (patch.SetsDue && patch.Due != one.Due)
            timeline.Add(CaseEntryKind.Due, now, by, entry => entry with { Day = patch.Due }).Set(now, was => was with { Due = patch.Due });
        return timeline.ToStep();
    }

    /// <summary>A note in a case, open or closed.</summary>
    public static CaseStep Note(LinkCase one, string text, Author by, DateTimeOffset now) =>
        new CaseTimeline(one).Add(CaseEntryKind.Note, now, by, entry => entry with { Text = text }).Set(now, was => was).ToStep();

    /// <summary>The case of a link in whose place another one is: it goes on about that one.</summary>
    public static CaseStep Follow(LinkCase one, WatchedLink successor, Author by, DateTimeOffset now) =>
        new CaseTimeline(one).Add(CaseEntryKind.Followed, now, by, entry => entry with { Text = successor.Page.Href })
            .Set(now, was => was with
            {
                LinkId = successor.Id,
                Page = successor.Page,
                Target = successor.Expectation.Target,
            }).ToStep();

    public static bool IsOpen(CaseStatus status) => status is CaseStatus.Open or CaseStatus.Contacted or CaseStatus.Promised;

    private static LinkCase Become(LinkCase was, CaseStatus status, DateOnly? promised, Author by) => was with
    {
        Status = status,
        Promised = promised,
        ClosedAt = IsOpen(status) ? null : was.ClosedAt ?? was.UpdatedAt,
        ClosedBy = IsOpen(status) ? null : was.IsOpen ? by : was.ClosedBy,

        // Nothing is left to recover from where nothing is wrong; and a case that is opened again waits for it again.
        RecoveredAt = IsOpen(status) ? null : was.RecoveredAt ?? (was.State == LinkState.Live ? was.UpdatedAt : null),
    };

    // What the page's owner can do is done; what is left is on our own side.
    private static bool IsWell(LinkTransition transition) =>
        transition.To == LinkState.Live
        || (transition.To == LinkState.Changed && OwnSide.AreAll(transition.ReasonsAfter.Select(reason => reason.Code)));

    private static bool IsNews(LinkTransition transition) => transition.To switch
    {
        LinkState.Lost => transition.From != LinkState.Lost,
        LinkState.Changed => transition.ReasonsAfter.Any(
            reason => !OwnSide.Is(reason.Code) && transition.ReasonsBefore.All(before => before.Code != reason.Code)),
        _ => false,
    };

    // Until the link has recovered, a case that people closed stands for what they closed it for: only a loss is more than a change.
    private static bool IsBeyond(LinkCase? last, LinkTransition transition) =>
        last is null or { RecoveredAt: not null } || (transition.To == LinkState.Lost && last.State != LinkState.Lost);

    private static CaseStep Open(LinkChange change)
    {
        var (link, at) = (change.LinkId, change.Transition.At);
        var opened = new LinkCase
        {
            ProjectId = change.ProjectId,
            Id = CaseIds.For(change.ProjectId, link, at),
            LinkId = link,
            Page = change.Page,
            Target = change.Target,
            State = change.Transition.To,
            OpenedAt = at,
            UpdatedAt = at,
        };
        return new CaseTimeline(opened).Add(CaseEntryKind.Opened, change).ToStep();
    }

    private static CaseStep Join(LinkCase last, LinkChange change) =>
        new CaseTimeline(last).Add(CaseEntryKind.Changed, change).ToStep();

    private static CaseStep Recover(LinkCase last, LinkChange change) =>
        new CaseTimeline(last).Add(CaseEntryKind.Recovered, change).Set(change.Transition.At, was => was with
        {
            Status = was.IsOpen ? CaseStatus.Fixed : was.Status,
            ClosedAt = was.ClosedAt ?? change.Transition.At,
            RecoveredAt = change.Transition.At,
        }).ToStep();
}

/// <summary>A case with what is being added to its timeline.</summary>
internal sealed class CaseTimeline(LinkCase one)
{
    private readonly List<CaseEntry> _added = [];
    private LinkCase _case = one;

    public CaseTimeline Add(CaseEntryKind kind, DateTimeOffset at, Author? by, Func<CaseEntry, CaseEntry> complete)
    {
        // Beyond the bound people are refused before (CaseRegistry), and changes are in the link's history.
        if (_case.Entries >= LinkCase.MaxEntries)
            return this;
        _case = _case with { Entries = _case.Entries + 1 };
        _added.Add(complete(new CaseEntry(_case.Entries, at, by, kind)));
        return this;
    }

    public CaseTimeline Add(CaseEntryKind kind, LinkChange change)
    {
        var transition = change.Transition;
        List<ReasonCode> reasons = [.. transition.ReasonsAfter.Select(reason => reason.Code).Distinct()];
        Set(transition.At, was => was with { State = transition.To, Reasons = reasons, Changes = was.Changes + 1 });
        return Add(kind, transition.At, null, entry => entry with { ChangeId = change.Id, State = transition.To, Reasons = reasons });
    }

    public CaseTimeline Set(DateTimeOffset at, Func<LinkCase, LinkCase> edit)
    {
        _case = edit(_case with { UpdatedAt = at });
        return this;
    }

    public CaseStep ToStep() => new(_case, _added);
}

/// <summary>What a person changes of a case. What is not set stays.</summary>
internal sealed record CasePatch
{
    public CaseStatus? Status { get; init; }

    public bool SetsPromised { get; init; }

    public DateOnly? Promised { get; init; }

    public bool SetsDue { get; init; }

    public DateOnly? Due { get; init; }

    public bool SetsOwner { get; init; }

    public Author? Owner { get; init; }

    /// <summary>The promised day that the case then has.</summary>
    public DateOnly? PromisedOf(LinkCase one) => SetsPromised ? Promised : one.Promised;
}
