using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Planning;

/// <summary>Lets links go that were unstable and have kept their state: it is reported if it is not the one that people know of. Pure.</summary>
internal sealed class UnstablePlanner(AlertDrafting drafting, IOptions<TellingOptions> options)
{
    private static readonly TimeSpan RetryUnreadable = TimeSpan.FromHours(1);

    public void Plan(PlanInput input, PlanDraft draft)
    {
        foreach (var link in input.Unstable)
        {
            if (StoredTime.Due(link.SettlesAt, options.Value.FlappingWindow, input.Context.Now) is var settlesAt && settlesAt > input.Context.Now)
                draft.WakeBy(settlesAt);

            // Its last change may be the one that cannot be read; it stays held until it can.
            else if (input.UnreadableHistories.Contains(link.LinkId))
                draft.WakeBy(input.Context.Now + RetryUnreadable);
            else if (!TryLook(input, link, draft))
                return;
        }
    }

    private bool TryLook(PlanInput input, UnstableLink link, PlanDraft draft)
    {
        var since = input.Histories.GetValueOrDefault(link.LinkId, []).Where(change => change.Transition.At >= link.Since).ToList();
        var now = input.Context.Now;
        var settlesAt = since.Select(change => change.Transition.At).Append(link.Since).Where(at => !StoredTime.IsFromFuture(at, now)).DefaultIfEmpty().Max();
        settlesAt = settlesAt == default ? now : settlesAt + options.Value.FlappingWindow;
        if (settlesAt > input.Context.Now)
        {
            draft.WakeBy(settlesAt);
            return draft.TryAdd(new PlanPart { Unstable = [link with { SettlesAt = settlesAt }] });
        }

        return draft.TryAdd(new PlanPart
        {
            Opened = since.Count > 0 && IsNews(link, since[^1]) ? Draft(input.Context, link, since) : [],
            Settled = [link.LinkId],
        });
    }

    // Some channels heard of the last state with the instability, some only of the one before it.
    private static bool IsNews(UnstableLink link, LinkChange last) =>
        last.Transition.To != link.StateBefore || last.Transition.To != link.StateTold;

    private IReadOnlyList<NewAlert> Draft(PlanContext context, UnstableLink link, List<LinkChange> since)
    {
        var last = since[^1];
        var content = new AlertContent { LinkId = link.LinkId.Value, Count = since.Count(change => change.Held) };
        var wanting = context.Channels.Where(channel =>
            channel.Choice.For(Topics.Unstable) == TellingTime.AtOnce || channel.Choice.For(last) == TellingTime.AtOnce);
        var subject = AlertDrafting.SubjectOf(Matters.OfSettled("", context.Project, last, context.Now, content.Count ?? 0));
        return drafting.Draft(context, AlertKind.Settled, [last.Id], content, subject, [last], wanting);
    }
}
