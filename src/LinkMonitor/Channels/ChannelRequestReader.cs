using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>Puts a request's fields into a channel and says what is wrong with them.</summary>
internal static class ChannelRequestReader
{
    private const int MaxNameLength = 100;

    private static readonly string[] AllTopics =
        [
            .. WireName.All<ReasonCode>()
            .Union([Topics.Recovered, Topics.Unreachable, Topics.Unstable, Topics.Terms, Topics.Cases], StringComparer.Ordinal),
        ];

    /// <summary>The channel with every given field set, null ones set back; meaningless when <paramref name="errors"/> has any.</summary>
    /// <param name="body">The same request, which tells null from absent.</param>
    public static Channel Apply(ChannelRequest request, JsonElement body, Channel channel, DateTimeOffset now, FieldErrors errors)
    {
        channel = channel with
        {
            Name = JsonBody.Names(body, "name") ? ReadName(request.Name, errors) : channel.Name,
            Choice = ReadChoice(request, body, channel, errors),
            Quiet = JsonBody.Names(body, "quietHours") ? ReadQuiet(request.QuietHours, errors) : channel.Quiet,
            Digest = JsonBody.Names(body, "digest") ? ReadDigest(request.Digest, errors) : channel.GivenDigest,
            TimeZone = JsonBody.Names(body, "timeZone") ? ReadTimeZone(request.TimeZone, errors) : channel.TimeZone,
        };
        if (channel.Digest is null && HearsDigest(channel.Choice))
            errors.Add(
                "digest",
                "A topic is set to digest, so a digest time is needed: {\"every\":\"daily\",\"at\":\"08:00\"}, or weekly with a day.");
        return ReadState(JsonBody.Resets(body, "state") ? WireName.Of(ChannelState.Active) : request.State, channel, now, errors);
    }

    private static bool HearsDigest(AlertChoice choice) =>
        choice.Otherwise == AlertTiming.Digest || choice.ByTopic.Values.Contains(AlertTiming.Digest);

    private static string? ReadName(string? name, FieldErrors errors)
    {
        var trimmed = name?.Trim();
        if (trimmed is { Length: > MaxNameLength } || trimmed?.Any(char.IsControl) == true)
            errors.Add("name", $"At most {MaxNameLength} characters without line breaks.");
        errors.CheckCharacters("name", trimmed);
        return trimmed is { Length: > 0 } ? trimmed : null;
    }

    private static AlertChoice ReadChoice(ChannelRequest request, JsonElement body, Channel channel, FieldErrors errors) =>
        channel.Choice with
        {
            ByTopic = JsonBody.Names(body, "topics") ? ReadTopics(request.Topics, errors) : channel.Choice.ByTopic,
            Otherwise = JsonBody.Names(body, "otherwise")
                ? request.Otherwise ?? AlertChoice.DefaultOf(channel.Kind).Otherwise
                : channel.Choice.Otherwise,
        };

    private static Dictionary<string, AlertTiming> ReadTopics(IReadOnlyDictionary<string, AlertTiming>? topics, FieldErrors errors)
    {
        var read = new Dictionary<string, AlertTiming>(StringComparer.Ordinal);
        foreach (var (topic, timing) in topics ?? new Dictionary<string, AlertTiming>())
        {
            if (!AllTopics.Contains(topic, StringComparer.Ordinal))
                errors.Add("topics", $"'{FieldErrors.Cut(topic)}' is not a topic. Use {string.Join(", ", AllTopics)}.");
            else
                read[topic] = timing;
        }

        return read;
    }

    private static QuietHours? ReadQuiet(QuietHoursView? view, FieldErrors errors)
    {
        if (view is null)
            return null;
        var (from, to) = (ReadTime("quietHours.from", view.From, errors), ReadTime("quietHours.to", view.To, errors));
        if (from == to && !errors.Any)
            errors.Add(
                "quietHours",
                "The quiet hours end when they begin, which could mean never or always. To send nothing at all, set the state to paused.");
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
            errors.Add(
                "digest.day",
                view.Day is null
                    ? "A weekly digest needs its day: monday to sunday."
                    : FieldErrors.NotOneOf(view.Day, WireName.All<DayOfWeek>()));
        else if (view.Every != DigestView.Daily)
            errors.Add("digest.every", FieldErrors.NotOneOf(view.Every, [DigestView.Daily, DigestView.Weekly]));
        else if (view.Day is not null)
            errors.Add("digest.day", "A daily digest has no day. Leave it out, or make it weekly.");
        return new DigestSchedule(day, at, view.OnlyWithNews ?? false);
    }

    private static TimeOnly ReadTime(string field, string? text, FieldErrors errors)
    {
        if (!ClockTime.TryRead(text, out var time))
            errors.Add(field, $"'{FieldErrors.Cut(text)}' is not a time of day. Write it as 07:30 or 22:00.");
        return time;
    }

    private static string? ReadTimeZone(string? zone, FieldErrors errors)
    {
        if (zone is not null && !LocalTimes.IsKnown(zone))
            errors.Add("timeZone", $"'{FieldErrors.Cut(zone)}' is not a known time zone. Use an IANA name, for example Europe/Berlin.");
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

/// <summary>The JSON of the API for channels.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChannelRequest))]
[JsonSerializable(typeof(ChannelView))]
[JsonSerializable(typeof(ChannelTestView))]
[JsonSerializable(typeof(SliceView<ChannelView>))]
internal sealed partial class ChannelJson : JsonSerializerContext;

/// <summary>What can be set of a channel. In a PATCH, what is absent stays and null sets a part back to its default.</summary>
public sealed record ChannelRequest : IRequestBody<ChannelRequest>
{
    static JsonTypeInfo<ChannelRequest> IRequestBody<ChannelRequest>.Shape => ChannelJson.Default.ChannelRequest;

    /// <summary><c>email</c>, <c>webhook</c>, <c>slack</c> or <c>teams</c>; needed to add one, and cannot change.</summary>
    public ChannelKind? Kind { get; init; }

    /// <summary>An e-mail address, or the https URL that messages are posted to; needed to add one, and cannot change.</summary>
    public string? Address { get; init; }

    /// <summary>Your own name for it, at most 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// By topic <c>at-once</c>, <c>digest</c>, <c>never</c>, or <c>by-type</c> for what the link's type says. Topics are the reason codes,
    /// <c>recovered</c>, <c>unreachable</c>,
    /// <c>unstable</c>, <c>terms</c> and <c>cases</c>.
    /// </summary>
    public IReadOnlyDictionary<string, AlertTiming>? Topics { get; init; }

    /// <summary>
    /// The same for every topic that is not named; <c>by-type</c> by default, and <c>at-once</c> for a webhook.
    /// </summary>
    public AlertTiming? Otherwise { get; init; }

    /// <summary>When nothing is sent at once; none by default.</summary>
    public QuietHoursView? QuietHours { get; init; }

    /// <summary>
    /// When the digest is sent; by default none, or, where a topic is <c>by-type</c>, on Mondays at 08:00 and only with news.
    /// </summary>
    public DigestView? Digest { get; init; }

    /// <summary>IANA name; the project's by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>active</c> or <c>paused</c>.</summary>
    public string? State { get; init; }
}
