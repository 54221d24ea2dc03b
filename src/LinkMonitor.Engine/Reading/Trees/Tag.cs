namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>A start or end tag, as the tokenizer read it.</summary>
internal readonly record struct Tag(string Name, bool IsEnd, bool IsSelfClosing, PageAttribute[] Attributes)
{
    public static Tag Start(string name) => new(name, false, false, []);

    public bool IsStart => !IsEnd;

    public string? GetAttribute(string attribute)
    {
        foreach (var candidate in Attributes)
        {
            if (candidate.Name == attribute)
                return candidate.Value;
        }

        return null;
    }
}
