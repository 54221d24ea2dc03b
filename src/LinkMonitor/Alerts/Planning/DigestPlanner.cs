using System.Globalization;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Makes a digest for each channel whose time has come. The plan keeps how far each channel's digests reach, so that no period comes twice and
/// missed periods come in one. Pure.
/// </summary>
internal sealed class DigestPlanner(AlertDrafting drafting)
{
    /// <summary>The period that a channel's digest is due for; null for none.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Due(PlanContext context, Channel channel) =>
        channel.Digest is { } schedule && From(context, channel) is var from
        && DigestTimes.Last(channel, schedule, context.Project, from, context.Now) is { } to
            ? (from, to)
            : null;

    /// <summary>Whether a period without changes has no digest: a week without news is news, a day without is noise.</summary>
    public static bool NeedsNews(Channel channel) => channel.Digest is { Day: null };

    public void Plan(PlanInput input, PlanDraft draft)
    {
        foreach (var id in input.Context.Unreadable)
        {
            // Its digest reaches back to here once the channel can be read.
            if (input.Context.Plan.Digests.TryGetValue(id, out var last))
                draft.Digests[id] = last;
        }

        foreach (var channel in input.Context.Channels)
        {
            if (channel.Digest is { } schedule)
                Plan(input, channel, schedule, draft);
        }
    }

    private void Plan(PlanInput input, Channel channel, DigestSchedule schedule, PlanDraft draft)
    {
        draft.Digests[channel.Id.Value] = From(input.Context, channel);
        draft.WakeBy(DigestTimes.Next(channel, schedule, input.Context.Project, input.Context.Now));
        if (Due(input.Context, channel) is not { } period)
            return;

        var isWanted = !NeedsNews(channel) || input.ChannelsWithNews.Contains(channel.Id.Value);
        if (draft.TryAdd(new PlanPart { Opened = isWanted ? Draft(input.Context, channel, period.From, period.To) : [] }))
            draft.Digests[channel.Id.Value] = period.To;
    }

    // The first period of a channel begins when its digest was first seen here, and with what waits to be reported then.
    private static DateTimeOffset From(PlanContext context, Channel channel) =>
        context.Plan.Digests.TryGetValue(channel.Id.Value, out var last) ? last
        : context.WaitingSince < context.Now ? context.WaitingSince.Value
        : context.Now;

    private IReadOnlyList<NewAlert> Draft(PlanContext context, Channel channel, DateTimeOffset from, DateTimeOffset to)
    {
        var content = new AlertContent { ChannelId = channel.Id.Value, From = from, To = to };
        var name = string.Create(CultureInfo.InvariantCulture, $"{to.UtcTicks}");
        return drafting.Draft(context, AlertKind.Digest, [channel.Id.Value, name], content, $"Digest - {context.Project.Name}", [], [channel]);
    }
}
