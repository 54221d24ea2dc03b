namespace LinkMonitor.Views;

/// <summary>A page with one form.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
public sealed record FormModel(
    Frame Frame, string Action, string Button, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, string? BackPath = null)
{
    /// <summary>Another act of the page, in a form of its own; null for none.</summary>
    public SecondForm? Second { get; init; }
}

/// <summary>An act that cannot be taken back, with what it does.</summary>
public sealed record SecondForm(string Action, string Button, string Says);
