using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Channels;

/// <summary>A channel as a row.</summary>
internal static class ChannelRow
{
    private const string ChannelIdColumn = "channelId";
    private const string Kind = "kind";
    private const string Address = "address";
    private const string Name = "name";
    private const string Choice = "choice";
    private const string Quiet = "quiet";
    private const string Digest = "digest";
    private const string TimeZone = "timeZone";
    private const string Secret = "secret";
    private const string FormerSecret = "formerSecret";
    private const string FormerSecretUntil = "formerSecretUntil";
    private const string State = "state";
    private const string StateReason = "stateReason";
    private const string StateSince = "stateSince";
    private const string IsRecipient = "isRecipient";
    private const string CreatedAt = "createdAt";

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Channel channel)
    {
        var row = RowSchema.NewMarked(channel.ProjectId.Value, ChannelKeys.Channel(channel.Id));
        row[ChannelIdColumn] = channel.Id.Value;
        row[Kind] = WireName.Of(channel.Kind);
        row[Address] = channel.Address;
        row[Name] = channel.Name;
        row[Choice] = JsonSerializer.Serialize(channel.Choice, ChannelRowJson.Stored.TellingChoice);
        row[Quiet] = channel.Quiet is { } quiet ? JsonSerializer.Serialize(quiet, ChannelRowJson.Stored.QuietHours) : null;
        row[Digest] = channel.Digest is { } digest ? JsonSerializer.Serialize(digest, ChannelRowJson.Stored.DigestSchedule) : null;
        row[TimeZone] = channel.TimeZone;
        row[Secret] = channel.Secret;
        row[FormerSecret] = channel.FormerSecret;
        row[FormerSecretUntil] = channel.FormerSecretUntil;
        row[State] = WireName.Of(channel.State);
        row[StateReason] = StoredText.Cut(channel.StateReason, StoredText.MaxLength);
        row[StateSince] = channel.StateSince;
        row[IsRecipient] = channel.IsRecipient;
        row[CreatedAt] = channel.CreatedAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Channel Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = new ChannelId(row.Text(ChannelIdColumn)),
        Kind = WireName.Parse<ChannelKind>(row.Text(Kind)),
        Address = row.Text(Address),
        Name = row.GetString(Name),
        Choice = row.Json(Choice, ChannelRowJson.Stored.TellingChoice),
        Quiet = row.JsonOrNull(Quiet, ChannelRowJson.Stored.QuietHours),
        Digest = row.JsonOrNull(Digest, ChannelRowJson.Stored.DigestSchedule),
        TimeZone = row.GetString(TimeZone),
        Secret = row.GetString(Secret),
        FormerSecret = row.GetString(FormerSecret),
        FormerSecretUntil = row.GetDateTimeOffset(FormerSecretUntil),
        State = WireName.Parse<ChannelState>(row.Text(State)),
        StateReason = row.GetString(StateReason),
        StateSince = row.GetDateTimeOffset(StateSince),
        IsRecipient = row.GetBoolean(IsRecipient) ?? false,
        CreatedAt = row.Time(CreatedAt),
        ETag = row.Version(),
    };
}
