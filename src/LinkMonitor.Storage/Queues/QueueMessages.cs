using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Queues;

/// <summary>Reads what is on the queues. Whoever can write to a queue can write anything, so nothing is taken on trust.</summary>
public static class QueueMessages
{
    private static readonly long MaxTicks = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Reads a message of <see cref="QueueNames.PageChecks"/>.</summary>
    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static HostCheckMessage ReadHostCheck(string text)
    {
        var message = Read(text, MessageJson.Stored.HostCheckMessage);
        if (message.Version != HostCheckMessage.CurrentVersion)
            throw new FormatException($"The host check has version {message.Version}; this program knows {HostCheckMessage.CurrentVersion}.");
        if (!HostKeys.Shards.Contains(message.Shard) || !HostKeys.IsHostId(message.HostId))
            throw new FormatException($"'{message.Shard}' and '{message.HostId}' are no place of a host.");
        return message;
    }

    /// <summary>A message that asks for one page. It is always the same for a page.</summary>
    public static string WritePageCheck(PageKey page) => JsonSerializer.Serialize(
        new PageCheckMessage { Version = PageCheckMessage.EarlierVersion, Shard = page.Shard, PageId = page.PageId, Round = 0 },
        MessageJson.Stored.PageCheckMessage);

    /// <summary>Reads a message of <see cref="QueueNames.PageChecks"/> that asks for one page; null when it is none.</summary>
    public static PageCheckMessage? FindPageCheck(string text)
    {
        try
        {
            var message = JsonSerializer.Deserialize(text, MessageJson.Stored.PageCheckMessage);
            return message is { Version: PageCheckMessage.EarlierVersion } && message.Round >= 0 && message.Round <= MaxTicks ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static AlertNudge ReadAlertNudge(string text)
    {
        var nudge = Read(text, MessageJson.Stored.AlertNudge);
        if (nudge.Version != AlertNudge.CurrentVersion)
            throw new FormatException($"The alert nudge has version {nudge.Version}; this program knows {AlertNudge.CurrentVersion}.");
        if (!ProjectId.IsValid(nudge.ProjectId) && nudge.ProjectId != Alert.OperatorPartition.Value)
            throw new FormatException($"'{nudge.ProjectId}' is no project.");
        return nudge;
    }

    private static T Read<T>(string text, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new FormatException("The message is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The message is not valid JSON of its kind: {e.Message}", e);
        }
    }
}
