using LinkMonitor.Api;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard;

/// <summary>What was typed into a form, and what is wrong with it: the form is shown again with both.</summary>
internal sealed class FormErrors
{
    private readonly IDictionary<string, string[]> _errors;
    private readonly IFormCollection? _form;
    private readonly bool _isStale;

    /// <summary>A form that nobody has filled in.</summary>
    public FormErrors()
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal), null)
    {
    }

    private FormErrors(IDictionary<string, string[]> errors, IFormCollection? form) => (_errors, _form) = (errors, form);

    private FormErrors(IFormCollection form)
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal), form) => _isStale = true;

    /// <summary>The answer's status: 422 for a form that was refused, 409 for one over something that has changed since.</summary>
    public int Status => _isStale ? StatusCodes.Status409Conflict
        : _form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    /// <summary>
    /// What was typed over something that somebody has changed since: it is shown again beside what is stored now, and nothing is wrong
    /// with it. The page says <see cref="DashboardForm.StaleWords"/> and brings the version that it shows, so that it can be saved on
    /// purpose.
    /// </summary>
    public static FormErrors Stale(IFormCollection form) => new(form);

    public static FormErrors Of(FieldErrors errors, IFormCollection form) => new(errors.ToDictionary(), form);

    public static FormErrors Of(IDictionary<string, string[]> errors, IFormCollection form) => new(errors, form);

    /// <summary>What is wrong with something that is none of the form's fields, a sentence each.</summary>
    public IReadOnlyList<string> Others(IEnumerable<Field> fields)
    {
        var shown = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        string[] stale = _isStale ? [DashboardForm.StaleWords] : [];
        return [.. stale, .. _errors.Where(error => !shown.Contains(Owner(error.Key))).SelectMany(error => error.Value)];
    }

    /// <summary>A field with what was typed into it, or what it holds before anybody types.</summary>
    /// <param name="value">What it holds at first.</param>
    public Field Field(string name, string label, string value = "", string? help = null) => new(
        name, label, _form is null ? value : _form[name].ToString(), ErrorOf(name), help)
    {
        Stored = _isStale && !IsSame(_form![name].ToString(), value) ? value : null,
    };

    // A form sends every line break as two characters.
    private static bool IsSame(string typed, string stored) =>
        typed.ReplaceLineEndings("\n").Trim() == stored.ReplaceLineEndings("\n").Trim();

    // An error of an item of a list is shown at the list.
    private string? ErrorOf(string name)
    {
        var told = _errors.Where(error => Owner(error.Key) == name).SelectMany(error => error.Value).ToList();
        return told.Count == 0 ? null : string.Join(" ", told);
    }

    private static string Owner(string key) => key.Split('[')[0];
}
