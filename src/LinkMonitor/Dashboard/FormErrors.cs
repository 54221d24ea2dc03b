using LinkMonitor.Api;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard;

/// <summary>What was typed into a form, and what is wrong with it: the form is shown again with both.</summary>
internal sealed class FormErrors
{
    private readonly IDictionary<string, string[]> _errors;
    private readonly IFormCollection? _form;

    /// <summary>A form that nobody has filled in.</summary>
    public FormErrors()
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal), null)
    {
    }

    private FormErrors(IDictionary<string, string[]> errors, IFormCollection? form) => (_errors, _form) = (errors, form);

    /// <summary>The answer's status: 422 for a form that was refused.</summary>
    public int Status => _form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    public static FormErrors Of(FieldErrors errors, IFormCollection form) => new(errors.ToDictionary(), form);

    public static FormErrors Of(IDictionary<string, string[]> errors, IFormCollection form) => new(errors, form);

    /// <summary>What is wrong with something that is none of the form's fields, a sentence each.</summary>
    public IReadOnlyList<string> Others(IEnumerable<Field> fields)
    {
        var shown = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _errors.Where(error => !shown.Contains(Owner(error.Key))).SelectMany(error => error.Value)];
    }

    /// <summary>A field with what was typed into it, or what it holds before anybody types.</summary>
    /// <param name="value">What it holds at first.</param>
    public Field Field(string name, string label, string value = "", string? help = null) => new(
        name, label, _form is null ? value : _form[name].ToString(), ErrorOf(name), help);

    // An error of an item of a list is shown at the list.
    private string? ErrorOf(string name)
    {
        var told = _errors.Where(error => Owner(error.Key) == name).SelectMany(error => error.Value).ToList();
        return told.Count == 0 ? null : string.Join(" ", told);
    }

    private static string Owner(string key) => key.Split('[')[0];
}
