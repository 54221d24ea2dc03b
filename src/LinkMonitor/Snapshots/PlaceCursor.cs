using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Snapshots;

/// <summary>
/// Where a filtered list continues, as text of letters, digits, <c>-</c> and <c>_</c>: project, order and place, with a check value that
/// tells people that they mixed up cursors. Not a secret; a forged one leads nowhere but into the same list.
/// </summary>
public static class PlaceCursor
{
    private const int CheckLength = 8;
    private const int MaxLength = 2_000;
    private const int Parts = 5;

    public static string Write(ProjectId project, LinkOrder? order, LinkPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var number = place.Key.Number.ToString(CultureInfo.InvariantCulture);
        var kind = !place.Key.IsThere ? "" : place.Key.Text is null ? "n" : "t";
        var text = string.Join('\n', order?.Text, place.Id, kind, number, place.Key.Text);
        return Base64Url.EncodeToString([.. Check(project, text), .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Whether a list of this project gave it out, whatever its order.</summary>
    public static bool IsOf(ProjectId project, string cursor) => Read(project, cursor) is not null;

    /// <summary>The place; null when it was not given out for this project and order.</summary>
    public static LinkPlace? Read(ProjectId project, LinkOrder? order, string cursor) =>
        Read(project, cursor) is { } read && read.Order == (order?.Text ?? "") ? read.Place : null;

    private static (string Order, LinkPlace Place)? Read(ProjectId project, string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= CheckLength)
            return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(CheckLength));
        var parts = text.Split('\n', Parts);
        if (!bytes.AsSpan(0, CheckLength).SequenceEqual(Check(project, text)) || parts.Length != Parts
            || !long.TryParse(parts[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;
        return (parts[0], new LinkPlace(parts[1], new OrderKey(parts[2].Length > 0, number, parts[2] == "t" ? parts[4] : null)));
    }

    private static byte[] Check(ProjectId project, string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"filtered links {project.Value}\n{text}"))[..CheckLength];
}
