using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Columns that must be there, and columns of JSON.</summary>
internal static class RowColumns
{
    /// <exception cref="FormatException">The column is missing.</exception>
    public static string Text(this TableEntity row, string column) => row.GetString(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static DateTimeOffset Time(this TableEntity row, string column) =>
        row.GetDateTimeOffset(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static long Number(this TableEntity row, string column) => row.GetInt64(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static T Json<T>(this TableEntity row, string column, JsonTypeInfo<T> type) where T : class =>
        row.JsonOrNull(column, type) ?? throw Missing(column);

    public static T? JsonOrNull<T>(this TableEntity row, string column, JsonTypeInfo<T> type) where T : class =>
        row.GetString(column) is { } json ? JsonSerializer.Deserialize(json, type) : null;

    /// <summary>The version of the row as text, for records that know nothing of tables.</summary>
    public static string Version(this TableEntity row) => row.ETag.ToString();

    /// <summary>The version that a record was read with.</summary>
    /// <exception cref="ArgumentException">The record was never stored.</exception>
    public static ETag ToETag(string? version) =>
        version is null
            ? throw new ArgumentException("Only what was read from storage can be written over.", nameof(version))
            : new ETag(version);

    private static FormatException Missing(string column) =>
        new($"The row has no column '{column}'.");
}
