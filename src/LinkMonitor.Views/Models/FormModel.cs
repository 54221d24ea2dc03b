namespace LinkMonitor.Views;

/// <summary>A page with one form.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
public sealed record FormModel(
    Frame Frame, string Action, string Button, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, string? BackPath = null)
{
    /// <summary>What the form is over: saved over something else it is stale. Null where that does not matter.</summary>
    public FormVersion? Shown { get; init; }

    /// <summary>What the form brings along.</summary>
    public IReadOnlyList<(string Name, string Value)> Hidden { get; init; } = [];

    /// <summary>Another act of the page, in a form of its own; null for none.</summary>
    public SecondForm? Second { get; init; }
}

/// <summary>
/// The version of what a form changes, as it goes with the form. A form that comes back with errors keeps the version that came with it:
/// what is stored now may be another, and whoever saves has not seen that. Only one that shows what is stored now takes that version.
/// </summary>
/// <param name="Now">Of what is stored now.</param>
/// <param name="Came">What came with a form that is shown again; null for a new form, and for one that shows what is stored now.</param>
/// <param name="Drawn">What its fields held when it was drawn, as the form brings it along.</param>
public sealed record FormVersion(string Now, string? Came, string Drawn = "")
{
    public override string ToString() => Came ?? Now;
}

/// <summary>An act that cannot be taken back, with what it does.</summary>
public sealed record SecondForm(string Action, string Button, string Says);

/// <summary>An act that cannot be undone: what it does is said first, and a second press does it.</summary>
/// <param name="Button">What opens the question.</param>
/// <param name="Says">What will happen, in a sentence.</param>
/// <param name="Sure">What does it; null for the same words.</param>
public sealed record AskModel(string Action, string Token, string Button, string Says, string? Sure = null)
{
    /// <summary>The version of what the act is meant for, and the name of its field; null where that does not matter.</summary>
    public (string Name, string Value)? Over { get; init; }
}

/// <summary>Asks before something is done with many things.</summary>
/// <param name="Effect">What will happen, in a sentence.</param>
/// <param name="Hidden">What the form brings along.</param>
public sealed record ConfirmModel(
    Frame Frame, string Effect, string Action, string Button, string BackPath, IReadOnlyList<(string Name, string Value)> Hidden);
