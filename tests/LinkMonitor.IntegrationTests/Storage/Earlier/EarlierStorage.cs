using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Storage.Earlier;

/// <summary>
/// What a real run of the version before the move to Azure.Data.Tables left behind when it was killed: every row with the types of its
/// columns, and
/// every message. Only secrets were replaced. Its pages were on port <see cref="Port"/>.
/// </summary>
internal sealed class EarlierStorage
{
    public const int Port = 18080;

    private EarlierStorage(
        IReadOnlyDictionary<string, IReadOnlyList<TableEntity>> tables, IReadOnlyDictionary<string, IReadOnlyList<string>> queues) =>
        (Tables, Queues) = (tables, queues);

    public IReadOnlyDictionary<string, IReadOnlyList<TableEntity>> Tables { get; }

    /// <summary>The messages as they lay on the queues.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Queues { get; }

    public static EarlierStorage Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(
            Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Fixtures", "stored-by-the-version-before.json")));
        return new EarlierStorage(
            json.RootElement.GetProperty("tables").EnumerateObject().ToDictionary(
                table => table.Name, table => (IReadOnlyList<TableEntity>)[.. table.Value.EnumerateArray().Select(Row)]),
            json.RootElement.GetProperty("queues").EnumerateObject().ToDictionary(
                queue => queue.Name,
                queue => (IReadOnlyList<string>)[.. queue.Value.EnumerateArray().Select(message => message.GetString()!)]));
    }

    /// <summary>The rows of a table whose key starts so.</summary>
    public IReadOnlyList<TableEntity> RowsOf(string table, string prefix) =>
        [.. Tables[table].Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>Puts everything into a storage whose tables are there.</summary>
    public async Task LoadAsync(ITableService tables, IMessageQueues queues, CancellationToken cancellationToken)
    {
        foreach (var (name, rows) in Tables)
            foreach (var row in rows)
                await tables.Open(name).PutAsync(row, cancellationToken);
        foreach (var (name, messages) in Queues)
        {
            await queues.Open(name).CreateAsync(cancellationToken);
            foreach (var message in messages)
                await queues.Open(name).SendAsync(
                    Encoding.UTF8.GetString(Convert.FromBase64String(message)), TimeSpan.Zero, cancellationToken);
        }
    }

    private static TableEntity Row(JsonElement json)
    {
        var row = new TableEntity(json.GetProperty("partition").GetString(), json.GetProperty("row").GetString());
        foreach (var column in json.GetProperty("columns").EnumerateObject())
            row[column.Name] = Value(column.Value);
        return row;
    }

    private static object Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetInt32(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Typed(json.GetProperty("type").GetString()!, json.GetProperty("value").GetString()!),
    };

    private static object Typed(string type, string value) => type switch
    {
        "Edm.DateTime" => DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        "Edm.Int64" => long.Parse(value, CultureInfo.InvariantCulture),
        "Edm.Binary" => Convert.FromBase64String(value),
        _ => throw new InvalidOperationException($"The fixture has a column of type {type}."),
    };
}
