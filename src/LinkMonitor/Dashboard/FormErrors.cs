using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard;

/// <summary>What was typed into a form, and what is wrong with it: the form is shown again with both.</summary>
internal sealed class FormErrors
{
    private readonly IDictionary<string, string[]> _errors;
    private readonly IFormCollection? _form;
    private readonly bool _isStale;
    private readonly string? _since;

    /// <summary>A form that nobody has filled in.</summary>
    public FormErrors()
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal), null)
    {
    }

    private FormErrors(IDictionary<string, string[]> errors, IFormCollection? form) => (_errors, _form) = (errors, form);

    private FormErrors(IFormCollection form, string? since)
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal), form) => (_isStale, _since) = (true, since);

    /// <summary>The answer's status: 422 for a form that was refused, 409 for one over something that has changed since.</summary>
    public int Status => _isStale ? StatusCodes.Status409Conflict
        : _form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    /// <summary>
    /// What was typed over something that somebody has changed since: it is shown again beside what is stored now, and nothing is wrong
    /// with it. The page says <see cref="DashboardForm.StaleWords"/> and brings the version that it shows, so that it can be saved on
    /// purpose.
    /// </summary>
    /// <param name="since">What is stored now, in a sentence; null to tell it at each field.</param>
    public static FormErrors Stale(IFormCollection form, string? since = null) => new(form, since);

    public static FormErrors Of(FieldErrors errors, IFormCollection form) => new(errors.ToDictionary(), form);

    public static FormErrors Of(IDictionary<string, string[]> errors, IFormCollection form) => new(errors, form);

    /// <summary>
    /// The version that a form brings: what came with it as long as only errors are told, what is stored now once that is shown.
    /// </summary>
    /// <param name="now">The version of what is stored now.</param>
    /// <param name="fields">Those of the form.</param>
    public FormVersion Over(string now, IEnumerable<Field> fields) => _isStale || _form is null
        ? new(now, null, DrawnFields.Of(fields))
        : new(now, _form.Text(DashboardForm.ShownField), _form.Text(DrawnFields.Name));

    /// <summary>What is wrong with something that is none of the form's fields, a sentence each.</summary>
    public IReadOnlyList<string> Others(IEnumerable<Field> fields)
    {
        var shown = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        string[] stale = _isStale ? [_since ?? DashboardForm.StaleWords + KeptWords(fields)] : [];
        return [.. stale, .. _errors.Where(error => !shown.Contains(Owner(error.Key))).SelectMany(error => error.Value)];
    }

    /// <summary>A field that the audit log names as well, by the one label that both have (<see cref="FieldLabels"/>).</summary>
    public Field Named(string name, string value = "", string? help = null) => Field(name, FieldLabels.Of(name), value, help);

    /// <summary>A field with what was typed into it, or what it holds before anybody types.</summary>
    /// <param name="value">What it holds at first.</param>
    /// <remarks>
    /// Over something that has changed since, only what somebody touched is theirs: every other field holds what is stored now, so that
    /// saving it puts nothing back.
    /// </remarks>
    public Field Field(string name, string label, string value = "", string? help = null)
    {
        var typed = _form is null ? value : _form[name].ToString();
        var isMerged = _isStale && _since is null;
        var isKept = isMerged && !DrawnFields.Of(_form!).IsTouched(name, typed);
        return new Field(name, label, isKept ? value : typed, ErrorOf(name), help)
        {
            Held = value,
            Stored = isMerged && !isKept && !DrawnFields.IsSame(typed, value) ? value : null,
        };
    }

    // What somebody else has changed, and who typed did not touch.
    private string KeptWords(IEnumerable<Field> fields)
    {
        var drawn = DrawnFields.Of(_form!);
        var kept = fields.Where(field => !drawn.IsTouched(field.Name, _form![field.Name].ToString())
            && !DrawnFields.IsSame(_form[field.Name].ToString(), field.Value))
            .Select(field => field.Group is { } group ? $"{group} ({field.Label})" : field.Label).ToList();
        return kept.Count == 0 ? "" : $" Changed meanwhile, and not by you: {string.Join(", ", kept)}.";
    }

    // An error of an item of a list is shown at the list.
    private string? ErrorOf(string name)
    {
        var told = _errors.Where(error => Owner(error.Key) == name).SelectMany(error => error.Value).ToList();
        return told.Count == 0 ? null : string.Join(" ", told);
    }

    private static string Owner(string key) => key.Split('[')[0];
}

/// <summary>
/// What the fields of a form held when it was drawn: with what was typed and what is stored now they tell who has changed what. Only a
/// hash of each goes with the form, as nobody has to read it.
/// </summary>
internal sealed class DrawnFields
{
    /// <summary>The field that they travel in.</summary>
    public const string Name = "drawn";

    private const int HashBytes = 8;

    private readonly Dictionary<string, string> _hashes;

    private DrawnFields(Dictionary<string, string> hashes) => _hashes = hashes;

    /// <summary>As a form brings them along, for example <c>name:5xT0mA8q9kE tags:47DEQpj8HBS</c>.</summary>
    public static string Of(IEnumerable<Field> fields) =>
        string.Join(' ', fields.Where(field => field.Held is not null).Select(field => $"{field.Name}:{HashOf(field.Held!)}"));

    /// <summary>As they came back; a form that says nothing of a field was touched there.</summary>
    public static DrawnFields Of(IFormCollection form) => new(
        form.Text(Name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':', 2)).Where(one => one.Length == 2)
            .DistinctBy(one => one[0], StringComparer.Ordinal).ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal));

    /// <summary>Whether somebody typed something else than a field held.</summary>
    public bool IsTouched(string name, string typed) => !_hashes.TryGetValue(name, out var held) || held != HashOf(typed);

    /// <summary>Whether two texts are the same to a form, which sends every line break as two characters.</summary>
    public static bool IsSame(string typed, string stored) => Plain(typed) == Plain(stored);

    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    private static string HashOf(string text) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(text))).AsSpan(0, HashBytes)).TrimEnd('=');
}
