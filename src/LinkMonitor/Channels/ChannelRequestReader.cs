using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>Puts a request's fields into a channel and says what is wrong with them.</summary>
internal static class ChannelRequestReader
{
    private const int MaxNameLength = 100;

    private static readonly string[] AllTopics =
        [.. WireName.All<ReasonCode>().Union([Topics.Recovered, Topics.Unreachable, Topics.Unstable, Topics.Terms], StringComparer.Ordinal)];

    /// <summary>The channel with every given field set, null ones set back; meaningless when <paramref name="errors"/> has any.</summary>
    /// <param name="body">The same request, which tells null from absent.</param>
    public static Channel Apply(ChannelRequest request, JsonElement body, Channel channel, DateTimeOffset now, FieldErrors errors)
    {
        channel = channel with
        {
            Name = JsonBody.Names(body, "name") ? ReadName(request.Name, errors) : channel.Name,
            Choice = ReadChoice(request, body, channel.Choice, errors),
            Quiet = JsonBody.Names(body, "quietHours") ? ReadQuiet(request.QuietHours, errors) : channel.Quiet,
            Digest = JsonBody.Names(body, "digest") ? ReadDigest(request.Digest, errors) : channel.Digest,
            TimeZone = JsonBody.Names(body, "timeZone") ? ReadTimeZone(request.TimeZone, errors) : channel.TimeZone,
        };
        if (channel.Digest is null && HearsDigest(channel.Choice))
            errors.Add("digest", "Something is chosen for the digest, which needs a time: {\"every\":\"daily\",\"at\":\"08:00\"}, or weekly with a day.");
        return ReadState(request.State, channel, now, errors);
    }

    private static bool HearsDigest(TellingChoice choice) =>
        choice.Otherwise == Telling.Digest || choice.ByTopic.Values.Contains(Telling.Digest);

    private static string? ReadName(string? name, FieldErrors errors)
    {
        var trimmed = name?.Trim();
        if (trimmed is { Length: > MaxNameLength } || trimmed?.Any(char.IsControl) == true)
            errors.Add("name", $"At most {MaxNameLength} characters without line breaks.");
        errors.CheckCharacters("name", trimmed);
        return trimmed is { Length: > 0 } ? trimmed : null;
    }

    private static TellingChoice ReadChoice(ChannelRequest request, JsonElement body, TellingChoice choice, FieldErrors errors) => choice with
    {
        ByTopic = JsonBody.Names(body, "topics") ? ReadTopics(request.Topics, errors) : choice.ByTopic,
        Otherwise = JsonBody.Names(body, "otherwise") ? request.Otherwise ?? TellingChoice.Default.Otherwise : choice.Otherwise,
    };

    private static Dictionary<string, Telling> ReadTopics(IReadOnlyDictionary<string, Telling>? topics, FieldErrors errors)
    {
        var read = new Dictionary<string, Telling>(StringComparer.Ordinal);
        foreach (var (topic, telling) in topics ?? new Dictionary<string, Telling>())
        {
            if (!AllTopics.Contains(topic, StringComparer.Ordinal))
                errors.Add("topics", $"'{FieldErrors.Cut(topic)}' is no topic. Use {string.Join(", ", AllTopics)}.");
            else
                read[topic] = telling;
        }

        return read;
    }

    private static QuietHours? ReadQuiet(QuietHoursView? view, FieldErrors errors)
    {
        if (view is null)
            return null;
        var (from, to) = (ReadTime("quietHours.from", view.From, errors), ReadTime("quietHours.to", view.To, errors));
        if (from == to && !errors.Any)
            errors.Add("quietHours", "The hours end when they begin, which could mean never or always. To send nothing at all, set the state to paused.");
        return new QuietHours(from, to);
    }

    private static DigestSchedule? ReadDigest(DigestView? view, FieldErrors errors)
    {
        if (view is null)
            return null;
        var at = ReadTime("digest.at", view.At, errors);
        DayOfWeek? day = null;
        if (view.Every == DigestView.Weekly && WireName.TryParse<DayOfWeek>(view.Day, out var read))
            day = read;
        else if (view.Every == DigestView.Weekly)
            errors.Add("digest.day", view.Day is null ? "A weekly digest needs its day: monday to sunday." : FieldErrors.NotOneOf(view.Day, WireName.All<DayOfWeek>()));
        else if (view.Every != DigestView.Daily)
            errors.Add("digest.every", FieldErrors.NotOneOf(view.Every, [DigestView.Daily, DigestView.Weekly]));
        else if (view.Day is not null)
            errors.Add("digest.day", "A daily digest has no day. Leave it out, or make it weekly.");
        return new DigestSchedule(day, at);
    }

    private static TimeOnly ReadTime(string field, string? text, FieldErrors errors)
    {
        if (!ClockTime.TryRead(text, out var time))
            errors.Add(field, $"'{FieldErrors.Cut(text)}' is no time of day. Write it as 07:30 or 22:00.");
        return time;
    }

    private static string? ReadTimeZone(string? zone, FieldErrors errors)
    {
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            errors.Add("timeZone", $"'{FieldErrors.Cut(zone)}' is no known time zone. Use an IANA name, for example Europe/Berlin.");
        return zone;
    }

    private static Channel ReadState(string? text, Channel channel, DateTimeOffset now, FieldErrors errors)
    {
        if (text is null)
            return channel;
        if (!WireName.TryParse<ChannelState>(text, out var state) || state is not (ChannelState.Active or ChannelState.Paused))
        {
            errors.Add("state", $"'{FieldErrors.Cut(text)}' cannot be set. Use active or paused.");
            return channel;
        }

        return state == channel.State ? channel : channel with { State = state, StateReason = null, StateSince = now };
    }
}
