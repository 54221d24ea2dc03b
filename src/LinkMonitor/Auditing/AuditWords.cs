using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using LinkMonitor.Wording;

namespace LinkMonitor.Auditing;

/// <summary>Words for the audit log.</summary>
internal static partial class AuditWords
{
    private const int MaxNamed = 8;

    /// <summary>What an entry says, with the words of the forms in place of the names of the API's fields.</summary>
    public static string Readable(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return Change().Match(what) is { Success: true } change
            ? $"Changed {string.Join("", Names().Split(change.Groups["names"].Value).Select(Label))}{what[change.Length..]}"
            : what;
    }

    /// <summary>What people read of a field, within a sentence; null for one that nobody sets.</summary>
    public static string? LabelOf(string field) =>
        FieldLabels.Find(field) is { } label ? char.ToLowerInvariant(label[0]) + label[1..] : null;

    private static string Label(string part) => LabelOf(part) is { } label ? label : part;

    // Field names have no spaces: what follows them begins with "of".
    [GeneratedRegex("^Changed (?<names>[A-Za-z]+(?:(?:, | and )[A-Za-z]+)*(?: and [0-9]+ more fields)?)(?= of (?:the|a) )")]
    private static partial Regex Change();

    [GeneratedRegex("(, | and )")]
    private static partial Regex Names();

    /// <summary>Some names, at least one, for example <c>name, scope and projectIds</c>.</summary>
    public static string Named(IReadOnlyList<string> names) => names.Count switch
    {
        > MaxNamed => $"{string.Join(", ", names.Take(MaxNamed))} and {names.Count - MaxNamed} more fields",
        1 => names[0],
        _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
    };
}

/// <summary>
/// What of a thing's settings is another one than before, found by comparing what was stored with what is: what a request named and left as
/// it was is not among it.
/// </summary>
/// <param name="Names">Fields as the API names them, in its order, and no values.</param>
internal sealed record FieldChanges(IReadOnlyList<string> Names)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("null");

    /// <summary>Whether anything is.</summary>
    public bool Any => Names.Count > 0;

    /// <param name="shape">How both are shown.</param>
    /// <param name="settings">Only fields that this shape has are compared: those that people set.</param>
    public static FieldChanges Between<T>(T before, T after, JsonTypeInfo<T> shape, JsonTypeInfo settings)
    {
        var (was, now) = (JsonSerializer.SerializeToElement(before, shape), JsonSerializer.SerializeToElement(after, shape));
        return new FieldChanges(
            [.. settings.Properties.Select(field => field.Name).Where(name => !JsonElement.DeepEquals(Of(was, name), Of(now, name)))]);

        // What a shape leaves out is null.
        static JsonElement Of(JsonElement whole, string name) => whole.TryGetProperty(name, out var field) ? field : Nothing;
    }

    /// <summary>What the audit log says of it; null when nothing changed.</summary>
    /// <param name="of">For example <c>of the project</c>.</param>
    /// <param name="about">The identity of what was changed.</param>
    public AuditNote? Note(string of, string about) => Any ? new AuditNote($"Changed {AuditWords.Named(Names)} {of}", about) : null;
}
