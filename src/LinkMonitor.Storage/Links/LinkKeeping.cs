using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>A link as its page keeps it (<see cref="KeptLinks"/>): its row with its version.</summary>
public static class LinkKeeping
{
    private const string Long = "long";
    private const string Time = "time";

    /// <summary>Null when its version is not known.</summary>
    /// <param name="link">Exactly as it was written or read.</param>
    /// <param name="last">The case that it had last, in the same way; null when it has none, or when it is not known.</param>
    public static LinkCopy? Keep(WatchedLink link, LinkCase? last)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.ETag is null)
            return null;
        return new LinkCopy(link.ProjectId, link.Id, link.ETag, Text(LinkRow.Write(link)))
        {
            Case = last is { ETag: { } version } && last.Id == link.CaseId
                ? new CaseCopy(last.Id, version, Text(CaseRow.Write(last, null)))
                : null,
        };
    }

    /// <summary>Links by their pages, as far as their versions are known and a page keeps as many.</summary>
    public static IReadOnlyList<(PageKey Page, IReadOnlyList<LinkCopy> Links)> ByPage(IEnumerable<WatchedLink> links) =>
    [
        .. links.GroupBy(link => link.PageKey).Select(
            page => (page.Key,
                (IReadOnlyList<LinkCopy>)[.. page.Take(KeptLinks.MostLinks).Select(link => Keep(link, null)).OfType<LinkCopy>()])),
    ];

    /// <summary>The case as it is while it has its version; null when none is kept, or when it cannot be read.</summary>
    public static LinkCase? FindCase(LinkCopy kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return kept.Case is not { } last ? null : RowMapping.TryUnchecked(
            TableNames.Links,
            new TableEntity(kept.Project.Value, CaseKeys.Case(last.Id)) { ETag = new ETag(last.Version) },
            empty =>
            {
                Fill(empty, last.Row);
                return CaseRow.Read(RowSchema.Check(empty));
            },
            out _);
    }

    private static string Text(TableEntity row)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (column, value) in row)
            {
                if (value is not null && column is not (nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) or RowSchema.Write))
                    Write(writer, column, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    /// <summary>The link as it is while it has its version; null when what is kept cannot be read.</summary>
    /// <param name="at"><see cref="KeptLinks.At"/>.</param>
    /// <param name="settled">The page's, by which checks that found nothing changed have gone since; null when it has none.</param>
    public static WatchedLink? Find(LinkCopy kept, DateTimeOffset at, SettledLinks? settled)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var rest = settled is null || settled.KeptAt != at
            ? null
            : settled.Projects.FirstOrDefault(own => own.Id == kept.Project)?.Links.FirstOrDefault(link => link.Id == kept.Id);
        var row = new TableEntity(kept.Project.Value, LinkKeys.Link(kept.Id)) { ETag = new ETag(rest?.Version ?? kept.Version) };
        return RowMapping.TryUnchecked(
            TableNames.Links,
            row,
            empty =>
            {
                Fill(empty, kept.Row);
                if (rest is not null && settled!.CheckedAt > at)
                    Fill(empty, rest, settled);
                return LinkRow.Read(RowSchema.Check(empty));
            },
            out _);
    }

    private static void Write(Utf8JsonWriter writer, string column, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(column, text);
                break;
            case bool yes:
                writer.WriteBoolean(column, yes);
                break;
            case int number:
                writer.WriteNumber(column, number);
                break;
            case long number:
                WriteTyped(writer, column, Long, number);
                break;
            case DateTimeOffset time:
                WriteTyped(writer, column, Time, time.UtcTicks);
                break;
            default:
                throw new InvalidOperationException($"The column '{column}' holds a {value.GetType().Name}, which is not kept.");
        }
    }

    private static void WriteTyped(Utf8JsonWriter writer, string column, string type, long value)
    {
        writer.WriteStartObject(column);
        writer.WriteNumber(type, value);
        writer.WriteEndObject();
    }

    private static void Fill(TableEntity row, string kept)
    {
        using var json = JsonDocument.Parse(kept);
        foreach (var column in json.RootElement.EnumerateObject())
        {
            var value = column.Value;
            row[column.Name] = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
                JsonValueKind.Number => value.GetInt32(),
                _ => value.TryGetProperty(Time, out var ticks)
                    ? new DateTimeOffset(ticks.GetInt64(), TimeSpan.Zero)
                    : value.GetProperty(Long).GetInt64(),
            };
        }
    }

    // As the service merges what such a check writes.
    private static void Fill(TableEntity row, LinkAtRest rest, SettledLinks settled)
    {
        var by = settled.IsBySite ? UnchangedBy.Site : UnchangedBy.Comparison;
        var written = LinkRow.WriteUnchanged(new ProjectId(row.PartitionKey), rest, settled.CheckedAt, by, DayLog.Parse(settled.Days));
        foreach (var (column, value) in written)
            if (column is not (nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey)))
                row[column] = value;
    }
}
