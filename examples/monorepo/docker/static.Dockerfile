FROM base AS build
ARG SERVICE VERSION
COPY pages/ /pages/
RUN mkdir /www && for page in /pages/*.md; do \
      name=$(basename "$page" .md); \
      render "$SERVICE" "$VERSION" < "$page" > "/www/$name.html"; \
    done && ls /www

FROM base
COPY --from=build /www/ /www/
CMD ["cat", "/www/index.html"]
