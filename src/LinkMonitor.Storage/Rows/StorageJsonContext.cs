using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Storage.Rows;

/// <summary>The JSON in columns and queue messages.</summary>
[JsonSerializable(typeof(Expectation))]
[JsonSerializable(typeof(Baseline))]
[JsonSerializable(typeof(IReadOnlyList<Reason>))]
[JsonSerializable(typeof(IReadOnlyList<Suspicion>))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(OutboundLinks))]
[JsonSerializable(typeof(KnownPage))]
[JsonSerializable(typeof(HeldState))]
[JsonSerializable(typeof(ConfirmationPolicy))]
[JsonSerializable(typeof(Terms))]
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
[JsonSerializable(typeof(AlertContent))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, DateTimeOffset>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(TellingChoice))]
[JsonSerializable(typeof(QuietHours))]
[JsonSerializable(typeof(DigestSchedule))]
[JsonSerializable(typeof(RelQualifiers))]
[JsonSerializable(typeof(Placement))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(PageSight))]
[JsonSerializable(typeof(WatcherPlace))]
[JsonSerializable(typeof(RoundRest))]
[JsonSerializable(typeof(PageCheckMessage))]
[JsonSerializable(typeof(HostCheckMessage))]
[JsonSerializable(typeof(AlertNudge))]
[JsonSerializable(typeof(MessageNotes))]
[JsonSerializable(typeof(string))]
internal sealed partial class StorageJsonContext : JsonSerializerContext
{
    /// <summary>Camel-case names, nulls left out, and only what JSON demands is escaped: the text never reaches HTML unencoded.</summary>
    public static StorageJsonContext Stored { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new RelQualifiersJsonConverter(),
            new ExpectedJsonConverter<RelQualifiers>(),
            new ExpectedJsonConverter<string>(),
            new ExpectedJsonConverter<Placement>(),
            new ExpectedJsonConverter<bool>(),
        },
    });
}
