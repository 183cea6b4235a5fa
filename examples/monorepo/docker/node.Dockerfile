FROM base
ARG SERVICE VERSION
COPY src/ /src/
RUN bundle "$VERSION" /src/*.js > bundle.js && echo "$SERVICE: $(wc -l < bundle.js) lines"
CMD ["cat", "/app/bundle.js"]
