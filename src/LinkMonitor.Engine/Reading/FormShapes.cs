using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>What the forms of a page's main part ask for.</summary>
internal sealed class FormShapes
{
    private static readonly string[] Buttons = ["submit", "button", "image", "reset"];
    private readonly List<Form> _open = [];

    /// <inheritdoc cref="PageShape.AsksQuestion"/>
    public bool AsksQuestion { get; private set; }

    /// <inheritdoc cref="PageShape.AsksForLetters"/>
    public bool AsksForLetters { get; private set; }

    /// <inheritdoc cref="PageShape.LooseButtons"/>
    public int LooseButtons { get; private set; }

    public void Enter(PageElement element, string tag)
    {
        if (tag is "form")
            _open.Add(new Form(element));
        if (_open is not [.., var form])
        {
            LooseButtons += tag is "button" ? 1 : 0;
            return;
        }

        var type = element.GetAttribute("type")?.Trim().ToLowerInvariant();
        switch (tag)
        {
            case "button" or "input" when tag is "button" || Buttons.Contains(type):
                form.Buttons++;
                break;
            case "input" when type is not ("hidden" or "checkbox" or "radio"):
                form.Fields++;
                break;
            case "textarea" or "select":
                form.Fields += 2;
                break;
            case "img" or "canvas":
                form.Pictures++;
                break;
        }
    }

    public void Leave(PageElement element)
    {
        if (_open is not [.., var form] || !ReferenceEquals(form.Element, element))
            return;
        _open.RemoveAt(_open.Count - 1);
        AsksQuestion |= form is { Buttons: > 0, Fields: 0 };
        AsksForLetters |= form is { Fields: 1, Pictures: 1 };
    }

    private sealed class Form(PageElement element)
    {
        public PageElement Element => element;

        public int Buttons { get; set; }

        public int Fields { get; set; }

        public int Pictures { get; set; }
    }
}
