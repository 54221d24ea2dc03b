using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

/// <summary>Reads what is on the queues. Whoever can write to a queue can write anything, so nothing is taken on trust.</summary>
public static class QueueMessages
{
    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static PageCheckMessage ReadPageCheck(string text)
    {
        var message = Read(text, StorageJsonContext.Stored.PageCheckMessage);
        if (message.Version != PageCheckMessage.CurrentVersion)
            throw new FormatException($"The page check has version {message.Version}; this program knows {PageCheckMessage.CurrentVersion}.");
        if (message.Round < 0 || message.Round > DateTimeOffset.MaxValue.UtcTicks)
            throw new FormatException($"The page check's round {message.Round} is no time.");
        return message;
    }

    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static AlertNudge ReadAlertNudge(string text)
    {
        var nudge = Read(text, StorageJsonContext.Stored.AlertNudge);
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
