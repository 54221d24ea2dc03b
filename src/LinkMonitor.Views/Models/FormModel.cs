namespace LinkMonitor.Views;

/// <summary>A page with one form.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
public sealed record FormModel(
    Frame Frame, string Action, string Button, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, string? BackPath = null);
