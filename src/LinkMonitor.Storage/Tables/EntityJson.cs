using System.Text.Json;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>The JSON documents of answers.</summary>
internal static class EntityJson
{
    public static TableEntity Entity(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        return EntityReader.Read(document.RootElement);
    }

    public static IReadOnlyList<TableEntity> Entities(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        return [.. document.RootElement.GetProperty("value").EnumerateArray().Select(EntityReader.Read)];
    }

    public static IReadOnlyList<TableItem> Tables(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        return [.. document.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString()!))];
    }
}
