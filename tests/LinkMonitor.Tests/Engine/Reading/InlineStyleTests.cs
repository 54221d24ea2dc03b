using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>The pieces, their values in lower case as they are kept; what they hide is in <see cref="HiddenTests"/>.</summary>
public sealed class InlineStyleTests
{
    [Theory]
    [InlineData("margin", "1px", "margin-top:1px margin-right:1px margin-bottom:1px margin-left:1px")]
    [InlineData("padding", "1px 2px", "padding-top:1px padding-right:2px padding-bottom:1px padding-left:2px")]
    [InlineData("inset", "1px  2px 3px", "top:1px right:2px bottom:3px left:2px")]
    [InlineData("margin", "1px 2px 3px 4px 5px", "margin:1px 2px 3px 4px 5px")]
    [InlineData("margin", "calc(1px + 2px)", "margin-top:calc(1px + 2px) margin-right:calc(1px + 2px) margin-bottom:calc(1px + 2px) "
        + "margin-left:calc(1px + 2px)")]
    [InlineData("overflow", "clip visible", "overflow-x:clip overflow-y:visible")]
    [InlineData("color", "red", "color:red")]
    public void A_declaration_sets_its_parts(string property, string value, string expected) =>
        Assert.Equal(expected, string.Join(' ', StyleShorthand.Parts(property, value).Select(part => $"{part.Property}:{part.Value}")));

    [Theory]
    [InlineData("transform", "translate(10px, 2em) translatex(5px)", 15, 32, false)]
    [InlineData("-webkit-transform", "translate3d(-1px,0,0)", -1, 0, false)]
    [InlineData("transform", "translatey(-1000%)", 0, -1000, false)]
    [InlineData("translate", "-9px 8px", -9, 8, false)]
    [InlineData("scale", "1 0", 0, 0, true)]
    [InlineData("transform", "scale3d(1,1,0)", 0, 0, false)]
    [InlineData("transform", "matrix(1,0,0,1,5,6)", 5, 6, false)]
    [InlineData("transform", "matrix(1,2,2,4,0,0)", 0, 0, true)]
    [InlineData("transform", "none", 0, 0, false)]
    [InlineData("transform", "translate(", 0, 0, false)]
    public void A_transform_moves_and_hides(string property, string value, double right, double down, bool hides)
    {
        var transform = new StyleTransform(name => name == property ? value : null);

        Assert.Equal((right, down, hides), (transform.Right, transform.Down, transform.Hides));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("display:inline", false)]
    [InlineData("display:contents", false)]
    [InlineData("display:flex", true)]
    [InlineData("display:inline;position:fixed", true)]
    [InlineData("float:left", true)]
    [InlineData("float:none", null)]
    public void Only_a_box_has_a_size(string style, bool? isBox) => Assert.Equal(isBox, InlineStyle.Parse(style).IsBox);
}
